import { run } from '../src/cli.ts'
import { OutputError, type Terminal } from '../src/terminal.ts'

interface Called {
  code: number
  out: string
  err: string
}

/** Runs the command line, and returns what it wrote. */
export const call = (...args: string[]): Promise<Called> => callUntil(() => undefined, ...args)

/** The same, with another terminal. */
export async function callOn(terminal: Partial<Terminal>, ...args: string[]): Promise<Called> {
  const written = { out: '', err: '' }
  const code = await run(args, {
    async print(text) {
      written.out += text
    },
    note(text) {
      written.err += text
    },
    width: 100,
    ...terminal,
  })
  return { code, ...written }
}

/** The same, over an output that fails as soon as the function returns an error. */
export async function callUntil(failing: (out: string) => Error | undefined, ...args: string[]): Promise<Called> {
  const written = { out: '', err: '' }
  const code = await run(args, {
    async print(text) {
      const error = failing(written.out)
      if (error) throw error
      written.out += text
    },
    note(text) {
      written.err += text
    },
    width: 100,
  })
  return { code, ...written }
}

export const outputError = (code: string) => (): OutputError =>
  new OutputError('', { cause: Object.assign(new Error(`write ${code}`), { code }) })
