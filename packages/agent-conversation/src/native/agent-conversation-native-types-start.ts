/** Whom the vendor contacts, and how; each channel needs its own fields. */
export type AgentConversationStartBody =
  | AgentConversationStartEmail
  | AgentConversationStartSms
  | AgentConversationStartVoice

interface AgentConversationStart {
  firstName: string
  lastName: string
  email?: string
  /** With its country's code: `+15550142`. */
  phoneNumber?: string
  /** Background about the person. */
  context?: string
  /** Background for this conversation. */
  conversationContext?: string
  /** Where the person came from, such as `crm`; not the `source` of a message. */
  source?: string
  /** The application's own id of the record, which the search finds. */
  fkId?: string
  /** The application's own id of the person. */
  fkUserId?: string
  customData?: Record<string, unknown>
  conversationStateId?: string
  /** The teammate credited with it, from `GET /platform-users`. */
  authorId?: string
  skipPhoneNumberValidation?: boolean
  skipEmailValidation?: boolean
}

interface AgentConversationStartEmail extends AgentConversationStart {
  channel: 'email'
  email: string
  emailSubject: string
  /** The body of the first email. */
  emailIntroduction: string
  includeSignatureInEmail?: boolean
  /** Default `false`. */
  resetConversation?: boolean
}

interface AgentConversationStartSms extends AgentConversationStart {
  channel: 'sms'
  phoneNumber: string
  /** The first text message. */
  smsIntroduction: string
  /** Default `false`. */
  includeSignatureInSms?: boolean
  /** Default `false`. */
  resetConversation?: boolean
}

interface AgentConversationStartVoice extends AgentConversationStart {
  channel: 'voice'
  phoneNumber: string
  /** The first words that are spoken. */
  firstMessage: string
}
