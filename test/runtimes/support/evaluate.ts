import type { EdgeVM } from '@edge-runtime/vm'

/** What a script gives inside of the runtime, as JSON: its objects are of another world. */
export async function evaluate(vm: EdgeVM, code: string): Promise<unknown> {
  const text: unknown = await vm.evaluate(`Promise.resolve(${code}).then((value) => JSON.stringify(value))`)
  return text === undefined ? undefined : JSON.parse(String(text))
}
