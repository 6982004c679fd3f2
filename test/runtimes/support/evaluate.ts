import type { EdgeVM } from '@edge-runtime/vm'

/** The result of a script in the runtime, as JSON, because its objects belong to another realm. */
export async function evaluate(vm: EdgeVM, code: string): Promise<unknown> {
  const text: unknown = await vm.evaluate(`Promise.resolve(${code}).then((value) => JSON.stringify(value))`)
  return text === undefined ? undefined : JSON.parse(String(text))
}
