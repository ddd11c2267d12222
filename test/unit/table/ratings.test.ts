import { describe, expect, it } from 'vitest'
import { recognizeRatings } from '../../../core/table/ratings.ts'
import { preview } from './build.ts'

const recognized = (text: string) => {
  const { columns, nRows } = preview(text)
  return recognizeRatings(columns, nRows)
}

describe('long', () => {
  it.each([
    ['userId,movieId,rating,timestamp', '1,10,4.5,964982703', ['userId', 'movieId', 'rating', 'timestamp']],
    ['user_id,item_id,score', '1,10,4', ['user_id', 'item_id', 'score', null]],
    ['userID,artistID,weight', '2,51,13883', ['userID', 'artistID', 'weight', null]],
    ['User-ID,ISBN,Book-Rating', '1,x0345,5', ['User-ID', 'ISBN', 'Book-Rating', null]],
    ['customer,product,quantity', 'Ann,soap,3', ['customer', 'product', 'quantity', null]],
    ['rating,item,user', '3,a,b', ['user', 'item', 'rating', null]],
    ['userId,movieId,tag,timestamp', '2,60756,funny,1445714994', ['userId', 'movieId', null, 'timestamp']]
  ])('by name: %s', (header, row, [user, item, rating, timestamp]) => {
    const text = `${header}\n${row}\n${row.replace('1', '2')}\n`
    expect(recognized(text)).toEqual({ form: 'long', user, item, rating, timestamp })
  })
  it.each([
    ['Benutzer;Film;Bewertung;Zeitstempel', 'timestamp'],
    ['Kundennummer;Artikelnr;Sterne', null],
    ['Kunde;Produkt;Käufe;Datum', 'timestamp'],
    ['Nutzer-ID;Titel;Note', null],
    ['utilisateur;article;évaluation;horodatage', 'timestamp'],
    ['client;produit;note', null],
    ['usuario;película;calificación;fecha', 'timestamp'],
    ['id_usuario;código_producto;puntuación', null],
    ['usuário;filme;avaliação', null],
    ['cliente;prodotto;voto', null],
    ['gebruiker;artikel;beoordeling;tijdstip', 'timestamp'],
    ['användare;vara;betyg', null],
    ['użytkownik;książka;ocena', null],
    ['пользователь;фильм;оценка;время', 'timestamp'],
    ['用户;商品;评分', null],
    ['customer_id;product_id;stars', null],
    ['CustomerName;ProductTitle;purchase', null],
    ['account;track;plays', null]
  ])('by name in other languages: %s', (header, time) => {
    const names = header.split(';')
    const row = (who: string) => [who, 'x1', '4', ...(time ? ['2024-01-02'] : [])].join(';')
    const [user, item, rating] = names
    const timestamp = time ? names[3]! : null
    expect(recognized(`${header}\n${row('a')}\n${row('b')}\n`)).toEqual({ form: 'long', user, item, rating, timestamp })
  })
  it('a word for a remark is no rating where no number stands in it, and "data" no time where no date does', () => {
    const text = 'cliente,prodotto,note,data\na,x,buono,2024-01-02\nb,x,caro,2024-01-03\n'
    expect(recognized(text)).toMatchObject({ rating: null, timestamp: 'data' })
    expect(recognized('user,item,stars,data\na,x,5,7\nb,x,4,8\n')).toMatchObject({ timestamp: null })
  })
  it.each([
    ['patient,noshow,minutes', 'a,yes,5'],
    ['user,title,salary', 'a,clerk,3000'],
    ['customers,numitems,price', '4,12,9.5'],
    ['name,title,year', 'Ann,Dr,1999']
  ])('not: %s', (header, row) => {
    expect(recognized(`${header}\n${row}\n${row}\n`)).toBeNull()
  })
  describe('by content, under names that say nothing', () => {
    const lines = (header: string, row: (user: number, item: number) => string | null) =>
      [
        header,
        ...Array.from({ length: 12 * 15 }, (_, pair) => row(pair % 12, Math.floor(pair / 12))).filter((r) => r !== null)
      ].join('\n')
    const some = (user: number, item: number): boolean => (user * 5 + item * 7) % 3 !== 0
    const stars = (user: number, item: number): number => 1 + ((user * item) % 5)
    it('two that come back and one of few steps', () => {
      const text = lines('wer,was,wie,tag1', (u, i) =>
        some(u, i) ? `P${u},thing ${i},${stars(u, i)},2024-01-${10 + i}` : null
      )
      expect(recognized(text)).toEqual({ form: 'long', user: 'wer', item: 'was', rating: 'wie', timestamp: 'tag1' })
      const numbers = lines('a,b,c', (u, i) => (some(u, i) ? `${100 + u},${7000 + i},${stars(u, i) / 2}` : null))
      expect(recognized(numbers)).toMatchObject({ user: 'a', item: 'b', rating: 'c' })
    })
    it('not: every pair, numbers of no scale, another column, or names that never come back', () => {
      const all = lines('hair,eye,n', (u, i) => `h${u},e${i},${stars(u, i)}`)
      const measured = lines('a,b,c', (u, i) => (some(u, i) ? `p${u},q${i},${u * 1.37 + i}` : null))
      const more = lines('a,b,c,d', (u, i) => (some(u, i) ? `p${u},q${i},${stars(u, i)},x${(u * i) % 3}` : null))
      const once = lines('a,b,c', (u, i) => (some(u, i) ? `p${u}-${i},q${i},${stars(u, i)}` : null))
      for (const text of [all, measured, more, once]) expect(recognized(text)).toBeNull()
    })
  })
  it('with a rating that is no number: a run names the cell, instead of taking every row for a like', () => {
    const text = 'user,item,rating\na,x,5\na,y,good\nb,x,2\nb,y,4\nc,y,1\n'
    expect(recognized(text)).toMatchObject({ form: 'long', rating: 'rating' })
  })
  it('by shape, without a header', () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${1 + (i % 8)}\t${1 + ((i * 3) % 20)}\t${1 + (i % 5)}\t${874965758 + i}`
    )
    expect(recognized(rows.join('\n'))).toEqual({
      form: 'long',
      user: 'column 1',
      item: 'column 2',
      rating: 'column 3',
      timestamp: 'column 4'
    })
  })
  it('by shape, as MovieLens has it with two colons between', () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${1 + (i % 8)}::${1 + ((i * 3) % 20)}::${1 + (i % 5)}::${978300760 + i}`
    )
    expect(recognized(rows.join('\n'))).toMatchObject({ form: 'long', rating: 'column 3', timestamp: 'column 4' })
  })
  it('by shape with halves of stars and times in milliseconds; not where the fourth column is no time', () => {
    const rows = (time: (i: number) => number) =>
      Array.from({ length: 40 }, (_, i) => `${1 + (i % 8)},${1 + ((i * 3) % 20)},${(1 + (i % 9)) / 2},${time(i)}`).join(
        '\n'
      )
    expect(recognized(rows((i) => 978300760000 + i))).toMatchObject({ form: 'long', timestamp: 'column 4' })
    expect(recognized(rows((i) => i))).toBeNull()
  })
  it('by name with a time that is a date', () => {
    expect(recognized('user,item,stars,date\na,x,5,2024-01-02\na,y,4,2024-01-03\n')).toMatchObject({
      timestamp: 'date'
    })
  })
  it('not: measurements without a header', () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i % 8}.5,${i % 20}.25,${i % 5}`)
    expect(recognized(rows.join('\n'))).toBeNull()
  })
  it('not: a user and an item among many other columns and no rating', () => {
    expect(recognized('user,item,a,b,c,d\n1,2,x,y,z,w\n2,3,x,y,z,w\n')).toBeNull()
  })
})

describe('wide', () => {
  it('four users, five films, blanks', () => {
    const text = 'user,Harry Potter,Shrek,Memento\nUser 1,1,1,\nUser 2,,,1\nUser 3,1,1,\nUser 4,,,1\n'
    expect(recognized(text)).toEqual({ form: 'wide', user: 'user' })
  })
  it('names in front under another title', () => {
    expect(recognized('who,A,B,C\nAnn,5,,3\nBo,,2,\nCy,1,,\n')).toEqual({ form: 'wide', user: 'who' })
  })
  it('not: no blanks, or measurements of many values', () => {
    expect(recognized('who,A,B,C\nAnn,5,1,3\nBo,1,2,1\nCy,1,4,3\n')).toBeNull()
    const rows = Array.from({ length: 40 }, (_, i) => `n${i},${i * 1.37},${i % 3 ? '' : i * 2.1}`)
    expect(recognized(`who,A,B\n${rows.join('\n')}\n`)).toBeNull()
  })
})
