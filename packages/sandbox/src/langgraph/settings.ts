import { defaultSending, type SendingSettings } from '../kit/emulator.ts'

/**
 * Switches for what differs between deployments and versions of the server. They can be changed while the emulator runs.
 * A reset keeps them, because they belong to the server's owner and not to its clients.
 */
export interface LangGraphSettings extends SendingSettings {
  /** `key`: every request but `/info` requires the key in `x-api-key`. `none`: a development server, open to everyone. */
  auth: 'key' | 'none'
  /** Whether interrupts have ids. Servers before LangGraph 0.4 send none. */
  interruptIds: 'present' | 'missing'
  /** How long a run in the background waits in the queue, in milliseconds. The server looks into it about every second. */
  queueMs: number
  /** A stream ends after its first words, as when a proxy cuts the connection. The run goes on. */
  streamBreaks: boolean
  /** Message types of other frameworks and hand-written graphs: none, or those of the seeded threads. */
  oddValues: 'none' | 'some'
}

export const defaultSettings = (): LangGraphSettings => ({
  ...defaultSending(),
  auth: 'key',
  interruptIds: 'present',
  queueMs: 500,
  streamBreaks: false,
  oddValues: 'some',
})
