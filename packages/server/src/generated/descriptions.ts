// Generated from the docstrings of the library: pnpm generate.

import type { FieldTexts } from '../descriptions.ts'

export const descriptions: FieldTexts = {
  "AccountState": {
    "account": "`vendor:account`, as in every `ref` of that account.",
    "asOf": "When the account was read, ISO 8601; of a synced inbox, when its last complete sync began. `null`: it was not read.",
    "unapplied": "The filters of the query that the account could not answer for some or all of its items on this page. The query's `unknown` decides about these items.",
    "stoppedBy": "Why the account was not read on although the page is not full: the time of the page was up or too short for the vendor's rate limit, or the page has cost the account ten requests. What it still has comes on later pages.",
    "searched": "With the filter `search`: what the account looked through.",
    "error": "What went wrong, without secrets and customer text."
  },
  "Agent": {
    "displayName": "The name that contacts see, where the vendor has a separate one.",
    "isDefault": "Whether this agent answers when nothing else selects an agent.",
    "liveChatEnabled": "Whether operators can take over in a live chat.",
    "instructions": "The agent's instructions. A non-empty `prompt` replaces instructions, personality and goal, where a vendor has it.",
    "language": "A language code in the vendor's form, such as `en`.",
    "replyDelayMs": "How long the agent waits before it answers, in milliseconds.",
    "maxMessages": "How many messages the agent sends in a conversation before it stops.",
    "pause": "Whether and how long the agent pauses after someone else writes. `durationMs: null`: until someone resumes it.",
    "attributes": "The vendor's other fields, which the contract does not have."
  },
  "AgentAnswers": {
    "account": "`vendor:account`.",
    "agent": "The ref of the agent: the one that the message names, or else the one that is in charge of the conversation now. `null`: the vendor says neither.",
    "name": "`null`: the agent is not stored, or has no name.",
    "answers": "In all.",
    "periods": "In each of `periods`."
  },
  "Attachment": {
    "conversationId": "The vendor's id of the attachment's conversation, where a signed URL requires it.",
    "contentType": "A media type such as `image/png`.",
    "size": "In bytes."
  },
  "AuditEntry": {
    "action": "Such as `reply`, `close` or `agents.update`.",
    "target": "What was written to: the ref of a conversation, a contact, an agent, or the id of a view, for example.",
    "account": "`null`: it concerns no single account.",
    "outcome": "`done`: at the vendor. `overlay`: in this store. `refused`: not done, and the caller was told why. `failed`: certainly not done. `unknown`: it may have been done. `started`: the process ended before it knew.",
    "code": "The code of the error.",
    "details": "What the command was given, for example `{ to: 'ada' }` of an `assign` or `{ until }` of a `snooze`.",
    "send": "The id of the send."
  },
  "Change": {
    "id": "The same each time the change comes, and of no other change in the store. Ids do not ascend.",
    "at": "When it was stored.",
    "account": "`vendor:account`.",
    "change": "`restored`: it was deleted before. `erased`: by `store.erase`. The messages of an erased conversation have no events of their own.",
    "conversation": "The ref of the conversation, of a conversation or a message.",
    "fields": "Of an update, the names of the fields that changed. The value is `true`, or `{ from, to }` for `control` (the holder), `status` and `assignee` (the id) of a conversation."
  },
  "CommandResult": {
    "place": "Where the change was made."
  },
  "Contact": {
    "externalId": "The application's own id for this person, which it passed to the vendor.",
    "country": "Usually two letters, ISO 3166-1; not every vendor enforces this.",
    "timezone": "An IANA name such as `Europe/Vienna`.",
    "agentId": "The contact's agent, where contacts belong to an agent.",
    "origin": "Where the contact came from, in the vendor's own words.",
    "doNotDisturb": "Whether no message may be sent to the contact at all.",
    "doNotDisturbOn": "Channels on which no message may be sent.",
    "conversationIds": "The ids of the contact's conversations, where the vendor returns them with the contact."
  },
  "ContactLink": {
    "reason": "Why: `email`, `phone` or `externalId` if they have the same one; otherwise what the person wrote.",
    "confidence": "From 0 to 1. A person's own link has 1.",
    "by": "`null`: made automatically."
  },
  "Conversation": {
    "agentId": "The vendor's id of the agent in charge.",
    "summary": "A summary written by the vendor.",
    "channel": "Where a conversation can have several channels, the channel of its last message. Missing: the vendor does not say.",
    "assignee": "The operator who owns the conversation. `null`: nobody.",
    "unreadCount": "The number of unread messages from the contact.",
    "state": "A workflow state that the organisation defined.",
    "lastActivityAt": "When something last happened in the conversation. Inboxes sort by this. `null`: nothing has happened yet.",
    "qualityScore": "The vendor's quality score, on the vendor's own scale.",
    "customFields": "The application's own data, which it passed to the vendor."
  },
  "DeskConversation": {
    "account": "`vendor:account`.",
    "conversation": "The conversation as the vendor has it.",
    "status": "The status that counts here. The overlay has one after a `close` or `reopen` that the vendor cannot keep or cannot show. A `close` of the overlay ends with the contact's next message, a `reopen` with the next change of the vendor's status.",
    "assignee": "`null`: nobody. Missing: the vendor does not say, and nobody was assigned here.",
    "lastMessage": "What a list shows of the newest message: the vendor's own, or if it does not say, that of the newest stored message that the contact can see. Where only its author is missing, that of the stored message. `null`: there is none. Missing: neither the vendor nor the store knows it.",
    "unreadCount": "The number of unread messages from the contact. `null`: neither the vendor nor the store knows it.",
    "snoozedUntil": "Until when the conversation is snoozed. `null`: it is not. Always of the overlay.",
    "tags": "The tags of the desk. The vendor's labels are in `conversation.labels`. Always of the overlay.",
    "openSends": "The sends in this conversation that have not ended, and those that a person has to look at (`failed`, `unknown`)."
  },
  "DeskFilter": {
    "status": "What counts here, of the overlay or of the vendor.",
    "channel": "That of the last message.",
    "agentId": "The vendor's ids of agents.",
    "contactId": "The vendor's ids of contacts.",
    "assignee": "`me`: the person who asks, by their id at the desk or their operator id in the account. `null`: nobody. Otherwise the id of an operator or of a person of the desk.",
    "control": "Who is in control.",
    "unread": "Whether the contact has written something unread.",
    "isStarred": "The vendor's star.",
    "snoozed": "`false`, the default: only conversations that are not snoozed. `true`: only those that are. `any`: both.",
    "tag": "Tags of the desk.",
    "hasOpenSends": "Whether a send waits for a person: it failed, or its outcome is unknown.",
    "since": "Last activity at or after this instant, ISO 8601.",
    "until": "Last activity before or at this instant, ISO 8601.",
    "search": "Text in titles, summaries, names, addresses and the newest message.",
    "accounts": "Only these accounts, as `vendor:account`. Default: all.",
    "unknown": "What happens to a conversation of which it is not known whether it matches. Default `include`."
  },
  "Entity": {
    "vendor": "The vendor's name in lower case, as its adapter declares it.",
    "account": "The user's name for the account. An account is what one credential can access at the vendor.",
    "id": "The vendor's own id. Opaque: its format and length can vary.",
    "raw": "The vendor's payload, unchanged but without its secrets, typed by the adapter. Only with the option `raw: true` of the adapter or the operation. `serialize` omits it."
  },
  "Feedback": {
    "conversationId": "The rated conversation and message, where the vendor names them.",
    "trigger": "Why the vendor asked for the rating, in its own words."
  },
  "FirstAnswers": {
    "conversations": "The conversations that began.",
    "agent": "Those in which an agent answered first.",
    "operator": "Those in which an operator answered first.",
    "unanswered": "Those that have no answer yet.",
    "median": "In milliseconds. `null`: there is no answer.",
    "percentile90": "Nine of ten answers took at most this long, in milliseconds."
  },
  "Generation": {
    "prompt": "The complete prompt. It can contain customer data.",
    "input": "The message that triggered the answer.",
    "intent": "The agent's goal.",
    "history": "The part of the conversation that the model received, oldest first.",
    "response": "The generated message.",
    "sources": "The knowledge that the model received: chunks of FAQs, pages and texts, in the vendor's order."
  },
  "HandOffs": {
    "toOperator": "From an agent to an operator.",
    "toAgent": "From an operator to an agent."
  },
  "LinkSuggestion": {},
  "Message": {
    "conversationId": "The vendor's id of the conversation.",
    "contactId": "The vendor's id of the conversation's contact, also for messages by others. Missing where messages do not name it.",
    "text": "The message as plain text or Markdown. For HTML, it has the words in the lines that a browser shows, and links without their addresses. `null`: the message has no text (a call, an image). Missing: read it with `messages.get`.",
    "html": "The HTML body, where there is one: when the vendor marks the body as HTML, or the body of an email is HTML. Other people wrote it: sanitize it before you show it.",
    "failure": "The vendor's reason why the message was not delivered.",
    "inReplyTo": "The id of the message that this one answers.",
    "sources": "The sources of the answer, when they come with the message. See `sourcesState`.",
    "externalId": "The application's own id for this message.",
    "reasoning": "Summaries of the model's reasoning. Possibly sensitive.",
    "createdAt": "Missing where the vendor gives messages no time. Their order in the list is then the vendor's own."
  },
  "Operator": {
    "role": "The teammate's role in the vendor's own words, such as `admin`."
  },
  "Quality": {
    "since": "What was asked for.",
    "until": "What was asked for, not included.",
    "unit": "How long a period is.",
    "timeZone": "In which the periods begin.",
    "total": "Of the whole time.",
    "periods": "In order, also those in which nothing happened.",
    "agents": "Most answers first.",
    "handOffsSince": "Since when the changes of control are kept (`keepChanges` of `createSync`). `null`: there are none yet.",
    "coverage": "What is known of each account."
  },
  "QualityCounts": {
    "answers": "Messages to contacts, by who wrote them as far as the vendor says (`author.kind`). `automation`: workflows and campaigns, also what was sent over the API of a vendor that does not say for whom. `unknown`: the vendor does not say. The share of the AI is `agent / (agent + operator)`.",
    "sources": "The answers of agents: those that cite a source, those that certainly cite none, and those of which it is not known, because the message does not come with its sources.",
    "firstAnswers": "Of the conversations that began in the period.",
    "handOffs": "Changes of control.",
    "ratings": "Ratings that were given in the period: thumbs, and under `other` those without one, such as a score."
  },
  "QualityCoverage": {
    "untimed": "The messages to contacts to which the vendor gives no time. They are in no period.",
    "hasControl": "Whether the vendor says of any stored conversation who is in control. Without it, there are no hand-offs to count."
  },
  "QualityPeriod": {
    "start": "When it begins. The first one counts from `since` on, which can be later.",
    "date": "The day of `start` in the time zone, such as `2026-03-01`.",
    "counts": "What was counted in it."
  },
  "SavedReply": {
    "shortcut": "What is typed to find it."
  },
  "SavedView": {
    "isShared": "`false`: only its author sees it."
  },
  "SearchHit": {
    "conversation": "`null`: the store does not have it yet.",
    "snippet": "The part of the message's text around the first word that was found, as plain text of at most 200 characters.",
    "marks": "Where the words that were found are in `snippet`: from character `start` up to, but without, `end`."
  },
  "Send": {
    "place": "A note of the overlay stays here only, and has the state `sent`.",
    "account": "`vendor:account`.",
    "operatorId": "The vendor's id of the operator in whose name it is sent.",
    "key": "The idempotency key that the caller gave.",
    "message": "The ref of the message, once it is known.",
    "shownBy": "The stored message that most likely is this send, while `message` is not known yet: show only one of the two. `null`: none.",
    "error": "Why it failed, or why its outcome is unknown. Without secrets and customer text.",
    "retryOf": "The send that this one tries again.",
    "retriedBy": "The send that tries this one again.",
    "dismissedAt": "When a person dismissed it."
  },
  "Source": {
    "text": "The passage that the answer used."
  },
  "Suggestion": {
    "messageId": "The id of the answer.",
    "reason": "The vendor's word for the problem."
  },
  "Warning": {
    "message": "A sentence without customer text.",
    "operation": "`group.verb`.",
    "path": "The path in the vendor's payload: `messages[3].status`.",
    "raw": "The part of the vendor's payload that could not be read, unchanged. Only with the option `raw: true` of the operation, the adapter or the webhook receiver. It can contain customer text, so be careful where you log it."
  },
  "Webhook": {},
  "WorkingHours": {
    "schedule": "Per day of the week. A missing day is closed.",
    "continuesForMs": "A conversation that began within the hours continues until it has been idle this long. `null`: it ends with the hours.",
    "autoReply": "The automatic reply to contacts who write outside the hours. `null`: none.",
    "followUp": "The message that is sent when the hours begin again. `null`: none.",
    "attributes": "The vendor's other settings, such as whom it notifies."
  }
}
