/** An action as `GET /conversation-ai/agents/{agentId}/actions/{actionId}` sends it; some answers lack the details. */
export interface LeadConnectorActionPayload {
  id: string
  name?: string
  /** `triggerWorkflow`, `updateContactField`, `appointmentBooking`, `stopBot`, `humanHandOver`, `advancedFollowup`, `transferBot`, `customApi`. */
  type?: string
  agentId?: string
  /** Its shape depends on the type. That of `customApi` may hold what is secret. */
  details?: Record<string, unknown>
}

/** The answer of `GET /conversation-ai/agents/{agentId}/working-hours`. */
export interface LeadConnectorWorkingHoursPayload {
  enabled?: boolean
  /** `SMS`, `Email`, `WhatsApp`, `IG`, `FB`, `WebChat`, `Live_Chat`, `TIKTOK`. */
  channels?: string[]
  timezoneMode?: string
  /** By `mon` to `sun`. */
  schedule?: Record<string, { enabled?: boolean; slots?: LeadConnectorInterval[] }>
  continueConversations?: { enabled?: boolean; inactivityTimeout?: { value?: number; unit?: string } }
  offHoursAutoReply?: {
    enabled?: boolean
    message?: string
    sendNotification?: boolean
    notificationConfig?: LeadConnectorOffHoursNotification
  }
  followUp?: { enabled?: boolean; message?: string }
  employeeId?: string
  createdAt?: string
  updatedAt?: string
}

/** On the 24-hour clock. */
export interface LeadConnectorInterval {
  startHour: number
  startMinute: number
  endHour: number
  endMinute: number
}

/** Who is told of a message outside the hours, and how the contact is marked. */
export interface LeadConnectorOffHoursNotification {
  emailNotification?: {
    enabled?: boolean
    notifyAdmins?: boolean
    notifyAllUsers?: boolean
    notifyAssignedUser?: boolean
    notifySpecificUsers?: boolean
    specificUserIds?: string[]
    notifyCustomEmail?: boolean
    customEmail?: string
  }
  contactTags?: string[]
}
