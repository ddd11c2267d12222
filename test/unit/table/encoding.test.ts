import { describe, expect, it } from 'vitest'
import type { Encoding } from '../../../core/contract/table.ts'
import { newDecoder } from '../../../core/table/code-pages.ts'
import { detectEncoding } from '../../../core/table/encoding.ts'
import { latin1, toBytes, utf16 } from './build.ts'

/** The bytes of a text in an encoding TextDecoder reads, found by decoding every byte and pair of bytes. */
function encodeAs(text: string, encoding: Encoding): Uint8Array {
  const decoder = newDecoder(encoding)
  const bytesOf = new Map<string, number[]>()
  for (let first = 0x80; first < 0x100; first++) {
    for (let second = 0x40; second < 0x100; second++) {
      const letters = decoder.decode(Uint8Array.of(first, second))
      if (Array.from(letters).length === 1 && !bytesOf.has(letters)) bytesOf.set(letters, [first, second])
    }
  }
  for (let byte = 0; byte < 0x100; byte++) bytesOf.set(decoder.decode(Uint8Array.of(byte)), [byte])
  return Uint8Array.from(Array.from(text).flatMap((letter) => bytesOf.get(letter)!))
}

const texts: [Encoding, string][] = [
  ['windows-1252', 'name;größe\nMüller;1,5\nSchäfer;2,5\n'],
  ['windows-1252', 'ville;prix\nOrléans;3\nBésançon;4\nÀ côté;5\n'],
  ['windows-1252', 'Straße;Ort\nÄußere Weberstr.;Zürich\n'],
  ['windows-1252', 'São Paulo;1\nCuiabá;2\nBelém;3\nMaceió;3\n'],
  ['windows-1252', 'Malmö;1\nGävle;2\nÅrhus;3\nÖstersund;4\n'],
  ['windows-1252', 'said,n\n“Hello”,1\n“No” – “Yes”,2\n'],
  ['windows-1251', 'город;число\nМосква;1\nСанкт-Петербург;2\nКазань;3\n'],
  ['windows-1251', 'имя,возраст\nИван,30\n'],
  ['koi8-r', 'город;число\nМосква;1\nСанкт-Петербург;2\nКазань;3\n'],
  ['iso-8859-5', 'город;число\nМосква;1\nСанкт-Петербург;2\nКазань;3\n'],
  ['windows-1253', 'πόλη;αριθμός\nΑθήνα;1\nΘεσσαλονίκη;2\nΠάτρα;3\n'],
  ['windows-1250', 'město;počet\nPlzeň;1\nČeské Budějovice;2\nŽďár;4\nTřebíč;5\nmůže být že příští úterý;6\n'],
  ['iso-8859-2', 'miasto;liczba\nŁódź;1\nKraków;2\nGdańsk;3\nPoznań;4\nCzęstochowa;5\nRzeszów;7\nżółw;8\nświnia;9\n'],
  ['windows-1254', 'şehir;sayı\nİstanbul;1\nDiyarbakır;3\nEskişehir;4\nMuğla;5\nKırşehir ve Niğde için;6\n'],
  ['shift_jis', '都市;数\n東京;1\n大阪;2\n名古屋;3\n札幌;4\n'],
  ['euc-jp', '都市の名前;数\n東京;1\nおおさか;2\n名古屋;3\nさっぽろ;4\n'],
  ['gb18030', '城市;人数\n北京;1\n上海;2\n广州;3\n深圳;4\n'],
  ['big5', '城市;人數\n台北;1\n高雄;2\n臺中;3\n'],
  ['euc-kr', '도시;수\n서울;1\n부산;2\n대구;3\n'],
  ['euc-jp', '都市;数\n東京;1\n大阪;2\n名古屋;3\n札幌;4\n'],
  ['euc-jp', '氏名;住所\n山田;東京都中央区\n田中;大阪府大阪市北区\n'],
  ['gb18030', '姓名;公司\n王小明;北京电力公司\n李华;上海市工业公司\n'],
  ['ibm850', 'name;größe\nMüller;1,5\nSchäfer;2,5\n'],
  ['ibm850', 'ville;prix\nOrléans;3\nBésançon;4\nLiège;5\n'],
  ['ibm850', 'Malmö;1\nGävle;2\nÅrhus;3\nÖstersund;4\n'],
  ['ibm852', 'miasto;liczba\nŁódź;1\nKraków;2\nGdańsk;3\nCzęstochowa;5\nżółw;8\nświnia;9\n'],
  ['ibm852', 'město;počet\nPlzeň;1\nČeské Budějovice;2\nTřebíč;5\npříští úterý;6\n'],
  ['ibm866', 'город;число\nМосква;1\nСанкт-Петербург;2\nКазань;3\n'],
  ['windows-1252', 'said,n\n“hello”,1\n“no” – “yes”,2\ndon’t,3\n'],
  ['windows-1252', 'price,n\n5 €,1\n7 €,2\n'],
  ['macintosh', 'ville;prix\rOrléans;3\rBésançon;4\r']
]

describe('detectEncoding', () => {
  it('obeys a byte order mark', () => {
    expect(detectEncoding(toBytes('\uFEFFa,b'), true).value).toBe('utf-8')
    expect(detectEncoding(utf16('\uFEFFa,b', true), true).value).toBe('utf-16le')
    expect(detectEncoding(utf16('\uFEFFa,b', false), true).value).toBe('utf-16be')
  })
  it('knows UTF-16 without a mark by its zeros', () => {
    expect(detectEncoding(utf16('name,age\nAnn,3\n', true), true).value).toBe('utf-16le')
    expect(detectEncoding(utf16('name,age\nAnn,3\n', false), true).value).toBe('utf-16be')
  })
  it('takes valid UTF-8 for UTF-8, and says how many bytes it looked at', () => {
    expect(detectEncoding(toBytes('é'.repeat(700)), true)).toEqual({
      value: 'utf-8',
      evidence: { text: '1,400 bytes, none invalid', certainty: 'sure' }
    })
  })
  it('lets the last character of a part be cut, and of a whole file not', () => {
    const cut = toBytes('caf\u00e9').subarray(0, 4)
    expect(detectEncoding(cut, false).value).toBe('utf-8')
    expect(detectEncoding(cut, true).value).toBe('windows-1252')
  })
  it('names the first line that is no UTF-8', () => {
    expect(detectEncoding(latin1('a\nb\ncaf\u00e9\n'), true)).toEqual({
      value: 'windows-1252',
      evidence: { text: 'Line 3 is not UTF-8', certainty: 'unsure' }
    })
  })
  it.each(texts)('tells %s by its letters: %j', (encoding, text) => {
    const bytes = encodeAs(text, encoding)
    expect(newDecoder(encoding).decode(bytes)).toBe(text)
    expect(detectEncoding(bytes, true).value).toBe(encoding)
  })
  it('knows ISO 2022-JP by its escapes', () => {
    expect(detectEncoding(toBytes('n,m\n\u001b$BEl5~\u001b(B,1\n'), true).value).toBe('iso-2022-jp')
  })
  it('looks at the lines that have letters, however far down', () => {
    const far = [...toBytes('name,1\n'.repeat(20_000)), ...encodeAs('Москва,2\nКазань,3\nСаратов,4\n', 'windows-1251')]
    expect(detectEncoding(Uint8Array.from(far), true).value).toBe('windows-1251')
  })
})

describe('the code pages of DOS', () => {
  it.each([
    // from the mappings of the Unicode Consortium
    ['ibm437', [0x80, 0x84, 0xe1, 0xb3, 0xfe, 0xff], 'Ç\u00e4ß│■\u00a0'],
    ['ibm850', [0x80, 0xb5, 0xd5, 0x9b, 0xff], 'ÇÁıø\u00a0'],
    ['ibm852', [0x80, 0x88, 0xa5, 0xbe, 0xfd], 'ÇłążŘ'.replace('Ř', 'ř')],
    ['ibm866', [0x80, 0xaf, 0xe0, 0xf1], 'Апрё']
  ] as const)('%s', (encoding, bytes, text) => {
    expect(newDecoder(encoding).decode(Uint8Array.from(bytes))).toBe(text)
  })
  it('have 128 letters above ASCII, all different, and ASCII below', () => {
    const ascii = Uint8Array.from({ length: 128 }, (_, i) => i)
    for (const encoding of ['ibm437', 'ibm850', 'ibm852'] as const) {
      const upper = newDecoder(encoding).decode(ascii.map((byte) => byte + 128))
      expect(new Set(upper).size).toBe(128)
      expect(newDecoder(encoding).decode(ascii)).toBe(new TextDecoder('windows-1252').decode(ascii))
    }
    const long = new Uint8Array(100_000).fill(0x84)
    expect(newDecoder('ibm850').decode(long)).toBe('ä'.repeat(100_000))
  })
})
