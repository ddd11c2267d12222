import type { Encoding } from '../contract/table.ts'

/** The upper half (0x80 to 0xff) of the code pages of DOS that TextDecoder does not know.
 * Source: the mappings of the Unicode Consortium, CP437.TXT, CP850.TXT, CP852.TXT. */
const codePages: Partial<Record<Encoding, string>> = {
  ibm437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
    '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  ibm850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
    '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
  ibm852:
    'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐' +
    '└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0'
}

/** Bytes to text, piece by piece. */
export interface Decoder {
  decode: (bytes?: Uint8Array, options?: { stream: boolean }) => string
}

/** A decoder of any encoding a file may have: TextDecoder, and the code pages it lacks. */
export function newDecoder(encoding: Encoding): Decoder {
  const upper = codePages[encoding]
  if (upper === undefined) return new TextDecoder(encoding)
  return { decode: (bytes = new Uint8Array(0)) => decodePage(bytes, upper) }
}

/** A text at most so long is put together at once. */
const STEP = 8192

function decodePage(bytes: Uint8Array, upper: string): string {
  let text = ''
  const units = new Uint16Array(Math.min(STEP, bytes.length))
  for (let at = 0; at < bytes.length; at += STEP) {
    const part = bytes.subarray(at, at + STEP)
    for (let i = 0; i < part.length; i++) units[i] = part[i]! < 0x80 ? part[i]! : upper.charCodeAt(part[i]! - 0x80)
    text += String.fromCharCode(...units.subarray(0, part.length))
  }
  return text
}
