import { strings } from '../strings.ts'

// biome-ignore lint/style/noDefaultExport: `lazy` of React loads it by its default export.
export default function Quality() {
  return (
    <main className="page">
      <h1>{strings.nav.quality}</h1>
    </main>
  )
}
