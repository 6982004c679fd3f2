/** The vendor options, per operation: `{ vendor: { 'agent-conversation': { … } } }`. */
export interface AgentConversationVendorOptions {
  'conversations.list': {
    /** Only conversations with at least one rating. */
    withFeedbacksOnly?: boolean
    /** The field that orders the list. Default `updatedAt`; deployments before 2026-02-27 support only `createdAt`. */
    orderBy?: 'createdAt' | 'updatedAt'
  }
  'conversations.start': {
    /** Background that is stored with the contact; `context` belongs to the conversation. */
    contactContext?: string
    /** Where the contact comes from, in words of your own, such as `crm`. */
    source?: string
    /**
     * A second id of your own for the contact; `contact.externalId` becomes `fkId`, which the vendor's search finds.
     */
    fkUserId?: string
    /** The teammate who is the author. Default: the adapter's `operatorId`. */
    authorId?: string
    /** Email only. */
    includeSignatureInEmail?: boolean
    /** SMS only. */
    includeSignatureInSms?: boolean
    /** `true` archives the contact's current conversation and opens a new one. Email and SMS only. */
    resetConversation?: boolean
    skipPhoneNumberValidation?: boolean
    skipEmailValidation?: boolean
  }
  'messages.list': {
    /** Read the feedback on messages as well. */
    withFeedbacks?: boolean
  }
  'messages.ask': {
    /** Wait for the answer in one request instead of polling for it. Default `false`. */
    sync?: boolean
  }
  'knowledge.add': {
    /** Whether the agent answers from the file. Default `true`. */
    autoAddToVectorStore?: boolean
  }
  'contacts.create': {
    /** Background for the agent about this person. */
    context?: string
    /** Where the contact comes from, in words of your own. */
    source?: string
    /** A second id of your own; `externalId` becomes `fkId`, which the vendor's search finds. */
    fkUserId?: string
    skipPhoneNumberValidation?: boolean
    skipEmailValidation?: boolean
  }
}

declare module '@parley/core' {
  interface VendorOptions {
    'agent-conversation': AgentConversationVendorOptions
  }
}
