import { library } from '../tsup.base.ts'

/** Only the files of the store import modules of Node.js; a test reads that. */
export default { ...library('src/index.ts', 'src/browser.ts'), external: [/^node:/], removeNodeProtocol: false }
