import { type Call, type Control, type ControlOperations, checkId, isRecord, pathOf } from '@parley/core'
import type { Context } from './protocol.ts'
import { readControl } from './read/control.ts'

/** Always read again, because teammates and the agent can change the mode at any time. */
export const createControl = (context: Context): ControlOperations => ({
  get: async (target, options) => {
    const call = context.begin('control.get', options)
    return fetchControl(call, checkId(call, target, 'conversation'))
  },
  takeOver: async (target, options) => {
    const call = context.begin('control.takeOver', options)
    return setMode(call, checkId(call, target, 'conversation'), 'manual')
  },
  release: async (target, options) => {
    const call = context.begin('control.release', options)
    return setMode(call, checkId(call, target, 'conversation'), 'ai')
  },
})

const unknown: Readonly<Control> = { holder: 'unknown', basis: 'none', native: null }

const fetchControl = (call: Call, id: string): Promise<Control> =>
  call.read({ path: pathOf`/conversations/${id}` }, (body, reading) =>
    isRecord(body) ? readControl(body, reading) : { ...unknown },
  )

/** Who answers now. */
export const holderOf = async (call: Call, id: string): Promise<Control['holder']> =>
  (await fetchControl(call, id)).holder

/** "Set mode" returns the conversation. An edition that omits the mode has still accepted it. */
export async function setMode(call: Call, id: string, mode: 'manual' | 'ai'): Promise<Control> {
  const said = await call.read(
    { method: 'PUT', path: pathOf`/conversations/${id}/mode`, body: { mode } },
    (body, reading) => (isRecord(body) ? readControl(body, reading) : { ...unknown }),
  )
  if (said.basis !== 'none') return said
  return { holder: mode === 'manual' ? 'operator' : 'agent', basis: 'inferred', native: null }
}
