export interface LeadConnectorUploadAnswer {
  /** Addresses by file name. One like `…/files/d/{slug}` is public for an hour. */
  uploadedFiles: Record<string, string>
  twilioMediaSids?: string[]
  traceId?: string
}

/** One sentence of a call. */
export interface LeadConnectorTranscriptSentence {
  mediaChannel?: number
  sentenceIndex?: number
  /** In milliseconds. */
  startTime?: number
  /** In milliseconds. */
  endTime?: number
  transcript?: string
  confidence?: number
}

/** Where a private file can be fetched for a short while. */
export interface LeadConnectorFileAnswer {
  url: string
  asset_id?: string
  content_type?: string
  filename?: string
  /** In bytes. */
  size?: number
  allow_download?: boolean
  traceId?: string
}

/** Files of conversations, and what calls leave behind. */
export interface LeadConnectorFileEndpoints {
  /**
   * Takes a form: the files as `fileAttachment` (at most 5, of 5 MB each), `locationId`, and one of `conversationId` and
   * `contactId`. `isSecureAttachment=true` asks for a private file. `attachmentUrls` is declared as required, and not
   * needed beside a file. For group SMS `chatServiceSid` and `isGroupSms`, with one file.
   */
  'POST /conversations/messages/upload': { body: FormData; answer: LeadConnectorUploadAnswer }
  /** A WAV file. */
  'GET /conversations/messages/{messageId}/locations/{locationId}/recording': { answer: Uint8Array }
  /** Declared as one sentence; a call has several. */
  'GET /conversations/locations/{locationId}/messages/{messageId}/transcription': {
    answer: LeadConnectorTranscriptSentence[] | LeadConnectorTranscriptSentence
  }
  'GET /conversations/locations/{locationId}/messages/{messageId}/transcription/download': { answer: string }
  'GET /files/d/{slug}': { answer: LeadConnectorFileAnswer }
}
