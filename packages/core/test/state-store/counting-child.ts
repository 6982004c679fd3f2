import { fileStore } from '../../src/node.ts'

// A process that counts in a shared folder: each step reads, waits its turn in the event loop, and writes one more.
const [folder = '', times = '0'] = process.argv.slice(2)
const store = fileStore({ folder })
for (let time = 0; time < Number(times); time++) {
  await store.lock('count', async () => {
    const count = Number(await store.get('count'))
    await new Promise((resolve) => setImmediate(resolve))
    await store.set('count', String(count + 1))
  })
}
