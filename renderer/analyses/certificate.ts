/** One line of a certificate: a name, its value, what it is measured against. */
export interface CertificateEntry {
  name: string
  value: string
  /** muted, after the value: "of 10" */
  bound?: string
  title?: string
}
