/** "iris.csv" → "iris"; a name that is only an ending stays. */
export function baseName(fileName: string): string {
  return (fileName.replace(/(\.(csv|tsv|tab|txt|dat|data|parquet|npy|npz|png|jpe?g))?(\.gz)?$/i, '') || fileName).slice(
    0,
    200
  )
}
