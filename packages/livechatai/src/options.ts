import { type Call, type Channel, checkText, errorOf, ignoreOptions, type OptionRules } from '@parley/core'
import { integrationTypes } from './vocabulary.ts'

/** The vendor options, per operation: `{ vendor: { livechatai: { … } } }`. */
export interface LiveChatAIVendorOptions {
  'agents.create': {
    /** Whether contacts may send images. */
    isImageSharingEnabled?: boolean
  }
  'conversations.list': {
    /** Which inbox of the dashboard. Not for a contact's conversations. */
    type?: 'unassigned' | 'your-inbox' | 'all'
    /** A view saved in the dashboard; combined with the other filters. */
    viewId?: string
    /** The vendor's own date filter, as ISO 8601 or Unix seconds. Which date it compares is undocumented. */
    startDate?: string | number
    endDate?: string | number
    /** The vendor's exact word, which Parley also checks. The query's `channel` takes the contract's word. */
    channel?: 'WHATSAPP' | 'SLACK' | 'MESSENGER' | 'FULLPAGE' | 'INLINECHAT' | 'PREVIEW' | 'ONBOARDING'
    /** The documentation describes these three without their parameters' names; the likely ones are sent. */
    sentiment?: 'POSITIVE' | 'NEGATIVE' | 'NEUTRAL' | 'UNSPECIFIED'
    topic?: string
    resolution?: 'AIHelped' | 'AIDidNotHelp' | 'TalkToAgent'
    /** Any other parameter, sent unchanged. */
    extraQuery?: Readonly<Record<string, string | number | boolean>>
  }
  'conversations.create': NewContactOptions
  'messages.ask': NewContactOptions & {
    /** Default: the vendor's, `MARKDOWN`. */
    responseFormat?: 'MARKDOWN' | 'PLAIN'
    /** `IMAGE`: the text is an image's https address. What the vendor expects there is undocumented. */
    messageType?: 'TEXT' | 'IMAGE'
  }
  'messages.reply': {
    /** `IMAGE`: the text is an image's https address. What the vendor expects there is undocumented. */
    messageType?: 'TEXT' | 'IMAGE'
  }
  'contacts.list': AgentOptions
  'knowledge.list': AgentOptions & {
    /** The vendor's word for a kind, which tells PDFs from DOCX files; `kind` of the query takes ours. */
    source?: 'WEBSITE' | 'TEXT' | 'QA' | 'PDF' | 'DOCX' | 'IMAGE' | 'ALL'
  }
  'knowledge.add': AgentOptions & {
    /** The kind of file that the text comes from. Default: derived from `contentType` or the name. */
    fileType?: 'pdf' | 'docx' | 'image'
    /** Of a question with its answer: whether the AI wrote it. */
    isGeneratedByAI?: boolean
    /** Of a question with its answer: the message it was made from. */
    relatedMessageId?: string
  }
  'feedback.list': AgentOptions
  'feedback.suggestions': AgentOptions
  /** What `contacts.upsert` takes too, which here is both. */
  'contacts.create': {
    /** The contact's agent. Default: the configured agent. */
    agentId?: string
    /**
     * Proof of identity, required if the agent has secure identification switched on. The vendor does not document its
     * form.
     */
    userHash?: string
  }
}

/** Another agent's. Default: the configured agent. */
interface AgentOptions {
  agentId?: string
}

/** The contact that is created with the conversation. */
interface NewContactOptions {
  /** Its IP address. */
  ip?: string
  /** Its country's code. */
  country?: string
}

declare module '@parley/core' {
  interface VendorOptions {
    livechatai: LiveChatAIVendorOptions
  }
}

export const agentOptions: OptionRules<AgentOptions> = { agentId: checkText }

export const newContactOptions: OptionRules<NewContactOptions> = { ip: checkText, country: checkText }

/**
 * The vendor's word for the channel of a new conversation or a question.
 *
 * @throws UnsupportedError for a channel that the vendor takes nothing over.
 */
export function integrationTypeOf(call: Call, channel: Channel | null | undefined): 'WHATSAPP' | 'SLACK' | undefined {
  if (channel === undefined || channel === null) return undefined
  const word = integrationTypes[channel]
  if (word !== undefined) return word
  if (channel === 'web' || channel === 'api') {
    ignoreOptions(call, { channel }, ['channel'], 'a conversation without an integration has one of these channels.')
    return undefined
  }
  throw errorOf(call, 'unsupported', 'channel must be whatsapp or slack, or be omitted.', {
    fields: [{ path: 'channel', problem: 'must be whatsapp or slack' }],
  })
}
