import { library } from '../tsup.base.ts'

/** Only the files of the store import modules of Node.js; a test reads that. */
export default {
  ...library('src/index.ts', 'src/browser.ts'),
  external: [/^node:/],
  // For `Symbol.asyncDispose`, in a program whose `lib` does not have it.
  dts: { banner: '/// <reference lib="esnext.disposable" />' },
  removeNodeProtocol: false,
}
