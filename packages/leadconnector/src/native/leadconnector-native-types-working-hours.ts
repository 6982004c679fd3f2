import type { LeadConnectorInterval, LeadConnectorOffHoursNotification } from '../wire/action.ts'
import type { LeadConnectorWord } from './leadconnector-native-word.ts'

type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'

/** When an agent works. Only the newest reference has it; all of it is required. */
export interface LeadConnectorWorkingHoursBody {
  enabled: boolean
  /** Not empty when `enabled`. */
  channels: LeadConnectorWord<'SMS' | 'Email' | 'WhatsApp' | 'IG' | 'FB' | 'WebChat' | 'Live_Chat' | 'TIKTOK'>[]
  timezoneMode: LeadConnectorWord<'contact' | 'business'>
  schedule: { [Day in Weekday]?: { enabled: boolean; slots: LeadConnectorInterval[] } }
  /** Whether a conversation that has begun goes on, and how long a silence ends it. */
  continueConversations: { enabled: boolean; inactivityTimeout?: { value: number; unit: string } }
  offHoursAutoReply: {
    enabled: boolean
    message?: string
    sendNotification?: boolean
    notificationConfig?: LeadConnectorOffHoursNotification
  }
  /** What it writes when it works again. */
  followUp: { enabled: boolean; message?: string }
}
