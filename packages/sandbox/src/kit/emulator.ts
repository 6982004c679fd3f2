import type { World } from '../world/world.ts'
import type { Clock } from './clock.ts'
import type { Webhooks } from './webhooks.ts'

/**
 * The part of the web framework that is used. The framework's own type would force its TypeScript version on every
 * user.
 */
interface EmulatorApp {
  fetch(request: Request, environment?: unknown): Response | Promise<Response>
  request(path: string, init?: RequestInit): Response | Promise<Response>
}

/**
 * The options that open the seeded account with the vendor's adapter: the base URL and the made-up credentials.
 */
export type AccountOptions = { readonly baseUrl: string } & Readonly<Record<string, string>>

/** A vendor's API over HTTP, with its state in memory. */
export interface Emulator<
  Settings = object,
  Sent extends Webhooks | undefined = Webhooks | undefined,
  Account extends AccountOptions = AccountOptions,
> {
  readonly vendor: string
  /**
   * The made-up credentials and ids that a client needs, from the seed: `{ apiKey, agentId, … }`. They are not secret.
   */
  readonly credentials: Readonly<Record<string, string>>
  /** @param url the origin that `app` is served at. */
  accountOptions(url: string): Account
  /** Answers requests, mounted at the root of its own port. Its routes carry the vendor's own path prefix. */
  readonly app: EmulatorApp
  /** Settings for tests that can be changed while it runs: editions, shapes, limits. */
  readonly settings: Settings
  /** The webhooks that it sends. Undefined: the vendor has no webhooks. */
  readonly webhooks: Sent
  /** Adds a message to a conversation, for tests with messages that the client did not send. */
  readonly plant: Plant
  /** Discards everything that clients wrote and starts again from the seed. */
  reset(): void
}

/** What an emulator is created from. Its clock is injected too, so that nothing depends on the machine's clock. */
export interface EmulatorContext extends Clock {
  readonly world: World
  /** Milliseconds that the emulated AI takes to answer. 0 in most tests. */
  readonly thinkingTime: number
  /** Deterministic numbers in [0, 1), one stream per vendor. */
  readonly random: () => number
}

export type CreateEmulator<
  Settings = object,
  Sent extends Webhooks | undefined = Webhooks | undefined,
  Account extends AccountOptions = AccountOptions,
> = (context: EmulatorContext) => Emulator<Settings, Sent, Account>

/** What a vendor does with messages. Every emulator has these settings. */
export interface SendingSettings {
  /**
   * How a sent text is stored: unchanged, with an opt-out line after it, with typographic quotes, with short links
   * instead of its own, or without the signature after a line `-- `.
   */
  storedText: 'as-sent' | 'footer' | 'quotes' | 'short-link' | 'trimmed-signature'
  /** How far the vendor's clock is ahead of the injected one, in milliseconds. Negative: behind. */
  clockOffsetMs: number
  /** How long a new message and its answer stay invisible to reads, even by id, in milliseconds. */
  hideSentMs: number
  /** `lost`: a send gets the usual response with ids, but nothing is stored. */
  sends: 'stored' | 'lost'
}

export const defaultSending = (): SendingSettings => ({
  storedText: 'as-sent',
  clockOffsetMs: 0,
  hideSentMs: 0,
  sends: 'stored',
})

/** A text in the form in which the vendor stores it. */
export function storedText<Text extends string | null | undefined>(settings: SendingSettings, text: Text): Text {
  return (text ? rewritten(settings.storedText, text) : text) as Text
}

function rewritten(how: SendingSettings['storedText'], text: string): string {
  switch (how) {
    case 'as-sent':
      return text
    case 'footer':
      return `${text}\n\nReply STOP to unsubscribe.`
    case 'quotes':
      return text
        .replace(/(^|[\s([])"/g, '$1“')
        .replaceAll('"', '”')
        .replace(/(^|[\s([])'/g, '$1‘')
        .replaceAll("'", '’')
    case 'short-link':
      return text.replace(/https?:\/\/[^\s)\]]+/g, (link) => `https://sho.rt.example/${link.length}`)
    case 'trimmed-signature':
      return text.replace(/\n-- \n[\s\S]*$/, '')
  }
}

/** The vendor's own clock: the injected one plus the offset in the settings. */
export const vendorClock =
  (now: () => number, settings: SendingSettings): (() => number) =>
  () =>
    now() + settings.clockOffsetMs

/** Instants that never repeat a millisecond, so that a later event also has a later time. */
export function ticker(now: () => number, offset: () => number = () => 0): () => number {
  let last = 0
  return () => {
    // Counted before the offset is added, so that a clock that is set back does go back.
    last = Math.max(now(), last + 1)
    return last + offset()
  }
}

/** Messages that are stored but not yet visible to reads. */
export interface HiddenMessages {
  /** Makes a message visible after this many milliseconds. 0: at once. */
  add(milliseconds: number, show: () => void): void
  /** Makes all messages visible whose time has come. Called before each request is answered. */
  release(): void
}

export function hiddenMessages(now: () => number): HiddenMessages {
  let hidden: { readonly from: number; readonly show: () => void }[] = []
  return {
    add(milliseconds, show) {
      if (milliseconds > 0) hidden.push({ from: now() + milliseconds, show })
      else show()
    },
    release() {
      const due = hidden.filter(({ from }) => from <= now())
      hidden = hidden.filter(({ from }) => from > now())
      for (const { show } of due) show()
    },
  }
}

/** A message that is added without the vendor's public API, as its console or its automations do. */
export interface PlantedMessage {
  readonly by: 'contact' | 'agent' | 'operator' | 'workflow' | 'system'
  /** Default `text`. */
  readonly kind?: 'text' | 'email' | 'call' | 'note' | 'activity'
  readonly text: string
  /**
   * The vendor's time of the message, in milliseconds since the epoch. Default: the vendor's clock. `null`: no time.
   */
  readonly at?: number | null
  /** The operator. Default: the first one. */
  readonly operatorId?: string
}

/**
 * Adds a message to a conversation.
 *
 * @returns its id; `null` if the vendor has no such message.
 * @throws RangeError for a conversation that does not exist, TypeError for an invalid field of the message.
 */
export type Plant = (conversationId: string, message: PlantedMessage) => string | null

/** The form of a response where a vendor's specification and its live deployments differ. */
export type Shapes = 'documented' | 'observed'

/** The switch of the emulators whose vendors publish a specification. */
export interface ShapeSettings {
  /**
   * `documented`: every response is exactly what the vendor's specification declares, and overrides the other settings
   * of shapes. `observed`: what live deployments, release notes and other clients were seen to send.
   */
  shapes: Shapes
}
