import { mkdirSync, writeFileSync } from 'node:fs'
import { pages } from './pages.ts'

for (const { path, content } of await pages()) {
  mkdirSync(new URL('.', path), { recursive: true })
  writeFileSync(path, content)
}
