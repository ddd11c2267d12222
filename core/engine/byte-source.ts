/** Where the bytes of a table come from, in their order: a file, or what is unpacked from one. */
export interface ByteSource {
  readonly name: string
  /** length of what `position` goes through */
  readonly bytes: number
  /** how far it was read for the bytes given so far */
  readonly position: number
  /** Fills the beginning of the memory; fewer bytes than fit only at the end, 0 behind it.
   * @throws FILE_UNREADABLE | FILE_CHANGED */
  read: (into: Uint8Array) => number
}
