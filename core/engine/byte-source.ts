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

/** A table to be read as text, from the beginning as often as is wanted. */
export interface TableInput {
  readonly name: string
  /** of the file as it lies on the disk */
  readonly bytes: number
  head: (limit: number) => Uint8Array
  /** the last bytes; null where they cannot be had without all before them */
  tail: (limit: number) => Uint8Array | null
  /** bytes of all of it, where so many were read of it as a beginning */
  unpackedBytes: (read: number) => number
  blocks: (limit?: number) => Iterable<Uint8Array>
  source: (digest?: Digest) => ByteSource
  close: () => void
}

export interface Digest {
  add: (bytes: Uint8Array) => void
  finish: () => string
}
