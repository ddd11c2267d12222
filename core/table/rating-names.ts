/** What columns of ratings are called, in English and other languages: the one list. Words are compared without marks, case
 * and what is neither letter nor digit: "Bewertung", "évaluation", "User-ID". */

const words = (text: string): string[] => text.trim().split(/\s+/).map(plainName)

/** A name as it is compared. */
export function plainName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** One line a language: English; German; French; Spanish; Portuguese; Italian; Dutch; others. */
const USERS = words(`
  user users uid customer customers client clients reviewer member person listener reader viewer buyer shopper account profile rater
  visitor subscriber consumer patron student player
  benutzer nutzer anwender kunde kunden kundin kaeufer käufer mitglied leser hörer hoerer zuschauer besucher bewerter
  utilisateur utilisateurs usager acheteur membre lecteur auditeur spectateur abonné visiteur personne
  usuario usuarios cliente clientes comprador miembro lector oyente espectador visitante persona
  usuário usuários utilizador utilizadores membro leitor ouvinte assinante pessoa
  utente utenti clienti acquirente lettore ascoltatore spettatore abbonato
  gebruiker gebruikers klant klanten lid lezer luisteraar kijker koper
  användare kund bruger kunde bruker käyttäjä asiakas użytkownik klient uživatel zákazník felhasználó kullanıcı müşteri
  пользователь клиент покупатель 用户 客户 ユーザー 顧客 사용자 고객`)

const ITEMS = words(`
  item items iid movie movies film films artist product products book isbn song track album asin sku ean game anime recipe
  restaurant business article articles show series episode joke beer wine course playlist place venue hotel shop app podcast video
  artikel produkt produkte ware film filme buch bücher buecher lied spiel serie künstler kuenstler rezept gericht kurs bier wein
  article produit produits livre livres chanson morceau jeu série artiste recette bière cours
  artículo producto productos película películas pelicula libro libros canción juego artista receta cerveza curso
  artigo produto produtos filme filmes livro livros música jogo receita curso
  articolo prodotto prodotti libri canzone brano gioco ricetta birra corso
  product producten boek boeken lied spel kunstenaar recept
  vara produkt bok låt vare elokuva tuote kirja książka produkt kniha termék könyv ürün kitap
  фильм товар книга 电影 商品 物品 映画 本 영화 상품`)

const RATINGS = words(`
  rating ratings rate score scores star stars weight play plays playcount listen listens listencount count counts value overall preference click
  clicks view views purchase purchases quantity qty like liked likes interaction interactions points grade vote votes times frequency
  bewertung bewertungen wertung note noten punkte punktzahl sterne stern anzahl menge häufigkeit klicks käufe stimme wert urteil
  évaluation evaluation appréciation notation étoiles points nombre quantité écoutes vues achats clics vote avis valeur
  calificación valoración puntuación puntaje nota estrellas puntos cantidad reproducciones clics compras visitas voto valor
  avaliação classificação pontuação estrelas pontos quantidade reproduções cliques visualizações
  valutazione punteggio voto stelle punti quantità ascolti acquisti clic visualizzazioni valore
  beoordeling waardering cijfer score sterren punten aantal hoeveelheid kliks aankopen waarde
  betyg poäng bedømmelse vurdering karakter arvosana arvio ocena hodnocení értékelés puan
  оценка рейтинг 评分 评价 評価 평점`)

/** Also words for a remark in another language: only numbers under them are ratings. */
const AMBIGUOUS = new Set(
  words('note nota notes avis nummer nombre times valor valore valeur wert waarde vote voto stimme points grade')
)

const TIMES = words(`
  timestamp time date datetime ts at createdat unixtime when
  zeitstempel zeit datum zeitpunkt uhrzeit
  horodatage temps heure
  fecha hora tiempo
  dataehora
  orario tempo
  tijd tijdstip tijdstempel
  tidpunkt dato tarih дата время 时间 日期 日時 日付`)

/** When, in a language, and something else in another: only of a column that holds dates. */
const DATES = new Set(words('data dia jour day tag'))

/** How the thing itself is called in a table of ratings: an item where nothing else is one. */
const TITLES = new Set(words('title titel titre título titolo titulo name'))

/** "id_usuario", "codigo-producto" */
const BEFORE = words('id code codigo nom nome nombre naam titre titulo titolo')
/** "Kundennummer", "movieTitle" */
const AFTER = words(
  'id ids name names title titel titre titulo titolo nom nome nombre naam index idx key no nr nummer number num numero code codigo codice kennung bezeichnung'
)
const BEFORE_RATING = words('user book movie item review film product artikel film produkt client kunden')
const BEFORE_TIME = words('unix unixreview review rating rated bewertungs')

/** Whether a name is one of the words, alone or with one of the affixes. */
function isOneOf(list: ReadonlySet<string>, before: readonly string[], after: readonly string[]) {
  return (name: string): boolean => {
    const plain = plainName(name)
    if (list.has(plain)) return true
    return (
      before.some((affix) => plain.startsWith(affix) && list.has(plain.slice(affix.length))) ||
      after.some((affix) => plain.endsWith(affix) && list.has(plain.slice(0, plain.length - affix.length)))
    )
  }
}

export const isUserName = isOneOf(new Set(USERS), BEFORE, AFTER)
export const isItemName = isOneOf(new Set(ITEMS), BEFORE, AFTER)
export const isRatingName = isOneOf(new Set(RATINGS), BEFORE_RATING, [])
/** Called a rating in whatever language: also where no number stands in it. */
export const isSurelyRatingName = (name: string): boolean => isRatingName(name) && !AMBIGUOUS.has(plainName(name))
export const isTimeName = isOneOf(new Set(TIMES), BEFORE_TIME, [])
export const isDateName = (name: string): boolean => DATES.has(plainName(name))
export const isTitleName = (name: string): boolean => TITLES.has(plainName(name))
