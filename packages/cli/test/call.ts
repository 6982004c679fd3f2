import { run } from '../src/cli.ts'

/** Runs the command line, and returns what it wrote. */
export async function call(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' }
  const code = await run(args, {
    async print(text) {
      written.out += text
    },
    note(text) {
      written.err += text
    },
    width: 100,
  })
  return { code, ...written }
}
