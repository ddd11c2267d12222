/** Frequent function words, by language: short lists of our own, to be seen and counted, not anybody's standard. Where a
 * language has none, nothing is left out. */
const LISTS: Partial<Record<string, string>> = {
  en: `a about after all also an and any are as at be because been before being but by can could did do does for from
    had has have he her here him his how i if in into is it its just me more most my no not now of off on one only or
    other our out over own said same she should so some such than that the their them then there these they this those
    through to too under until up us very was we were what when where which while who why will with would you your`,
  de: `aber alle als also am an auch auf aus bei bin bis da damit dann das dass dein dem den der des dich die dies diese
    dieser dieses dir doch du durch ein eine einem einen einer eines er es etwas euch euer für gegen hat hatte hier ich ihm
    ihn ihr ihre im in ist ja kann kein keine man mehr mein mich mir mit nach nicht noch nur ob oder ohne sehr sein seine
    sich sie sind so über um und uns unser unter vom von vor war was weil wenn wer werden wie wir wird wo zu zum zur`,
  fr: `à au aux avec ce ces cette dans de des du elle elles en est et été être eu il ils je la le les leur leurs lui ma
    mais me même mes moi mon ne nos notre nous on ont ou où par pas pour plus que qui sa sans se ses si son sont sur ta te
    tes toi ton tu un une vos votre vous y`,
  es: `a al algo como con cual cuando de del desde donde el ella ellas ellos en entre era es esa ese eso esta este esto
    está fue ha hay la las le les lo los más me mi mis mucho muy no nos o para pero por porque que qué se ser si sin
    sobre son su sus también te tiene tu tus un una uno y ya yo`,
  it: `a ad ai al alla alle anche che chi ci come con cui da dal dalla dei del della delle di dove e ed è era gli ha hanno
    ho i il in io la le lei li lo loro lui ma mi mia mio ne nei nel nella no noi non o per più quando quello questa questo
    se sei si sia sono su sua suo sul sulla tra tu un una uno vi voi`,
  nl: `aan al als bij dan dat de der deze die dit door een en er haar had heb heeft het hier hij hoe hun ik in is ja je
    kan me meer men met mij mijn na naar niet nog nu of om omdat ook op over te tot u uit van veel voor was wat we wel
    werd wie wij wordt ze zich zij zijn zo zonder zou`,
  pt: `a ao aos as até com como da das de do dos e é ela elas ele eles em entre era essa esse esta este eu foi há isso
    isto já lhe mais mas me mesmo meu minha muito na nas não nem no nos nós o os ou para pela pelo por qual quando que quem
    se sem ser seu sua são também te tem um uma você`
}

/** The words that say nothing of what a text is about. */
export function stopWordsOf(language: string): ReadonlySet<string> {
  return new Set((LISTS[language] ?? '').split(/\s+/).filter((word) => word !== ''))
}

/** The words that parameters leave out. */
export const stopWordsLeftOut = (params: { stopWords: 'list' | 'none'; language: string }): ReadonlySet<string> =>
  params.stopWords === 'list' ? stopWordsOf(params.language) : new Set()
