import about from '../../package.json' with { type: 'json' }

/** What wrote a file: "Eigendesk 0.1.0". */
export const software = `Eigendesk ${about.version}`
