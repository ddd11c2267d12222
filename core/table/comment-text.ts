/** The text of a comment line behind its signs: "# a,b,c" and "## a,b,c" as "a,b,c". */
export function textOfComment(line: string, comment: string): string {
  let at = 0
  while (line.startsWith(comment, at)) at += comment.length
  return line.slice(at).trim()
}
