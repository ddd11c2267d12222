declare module 'plotly.js-strict-dist-min' {
  import * as Plotly from 'plotly.js'
  export default Plotly
}

/** where the built library lies, as a file of the page */
declare module 'plotly.js-strict-dist-min/plotly-strict.min.js?url' {
  const address: string
  export default address
}
