// A process that opens a store: `node opening.ts '{"url":"…"}'`. It prints "open" or the error, and stays until its input ends.
import { createStore } from '../../src/index.ts'

const store = await createStore(JSON.parse(process.argv[2] ?? '{}')).catch((error: Error) => {
  console.log(error.message)
  process.exit()
})
console.log('open')
process.stdin.on('end', () => store.close()).resume()
