import { checkText, type OptionRules } from '@parley/core'

/** What only this vendor understands, per operation: `{ vendor: { livechatai: { … } } }`. */
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
    /** The exact word, checked here as well; `channel` of the query takes ours. */
    channel?: 'WHATSAPP' | 'SLACK' | 'MESSENGER' | 'FULLPAGE' | 'INLINECHAT' | 'PREVIEW' | 'ONBOARDING'
    /** The documentation describes these three without their parameters' names; the likely ones are sent. */
    sentiment?: 'POSITIVE' | 'NEGATIVE' | 'NEUTRAL' | 'UNSPECIFIED'
    topic?: string
    resolution?: 'AIHelped' | 'AIDidNotHelp' | 'TalkToAgent'
    /** Any other parameter, as it is. */
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
    /** What kind of file the text is from. Default: what `contentType` or the name says. */
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
    /** The agent that the contact belongs to. Default: the configured agent. */
    agentId?: string
    /** Proof of identity, needed where the agent has secure identification on. How it is made is the vendor's. */
    userHash?: string
  }
}

/** Another agent's. Default: the configured agent. */
interface AgentOptions {
  agentId?: string
}

/** About a contact that is made along with the conversation. */
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
