import { chance, pick, type Random } from '../kit/random.ts'
import type { Dialogue, Turn, World } from '../world/world.ts'
import { citationsOf } from './agent-conversation-citations.ts'
import { idOf, tokenOf } from './agent-conversation-ids.ts'
import type {
  AiResponse,
  State,
  StoredConversation,
  StoredFeedback,
  StoredMessage,
  StoredMessageFile,
} from './agent-conversation-state.ts'

export interface SeedParts {
  readonly world: World
  readonly state: State
  readonly random: Random
  readonly dialogue: Dialogue
  readonly conversation: StoredConversation
  readonly instant: (at: number) => number
  readonly index: number
}

/** A dialogue's turns as messages. System turns are left out: no role of the vendor's messages can tell them. */
export function seedMessages(parts: SeedParts): StoredMessage[] {
  let questionId: string | null = null
  return parts.dialogue.turns
    .filter(({ by }) => by !== 'system')
    .map((turn): StoredMessage => {
      const id = idOf(parts.world.seed, turn.key)
      if (turn.by === 'person') questionId = id
      return seedMessage(parts, turn, id, questionId)
    })
}

function seedMessage(parts: SeedParts, turn: Turn, id: string, questionId: string | null): StoredMessage {
  const { random, conversation, instant, index } = parts
  const byPerson = turn.by === 'person'
  const byOperator = turn.by === 'operator'
  return {
    id,
    text: turn.text,
    rawText: turn.by === 'bot' ? turn.text : null,
    senderRole: byPerson ? 'conversation_user' : byOperator ? 'manual_assistant' : 'assistant',
    // A customer's message names itself in some conversations and nothing in others.
    questionId: byPerson && index % 3 === 1 ? null : questionId,
    // Staff answer from the console, which is a source of its own.
    source: byOperator && index % 2 === 0 ? 'copilot' : conversation.source,
    odd: {
      ...(turn.by === 'automation' && index % 2 === 0 && { senderRole: 'workflow' }),
      ...(byPerson && index % 37 === 11 && { source: 'rcs' }),
    },
    aiResponse: turn.by === 'bot' ? aiResponse(parts, turn) : null,
    subagentId: turn.by === 'bot' && index % 23 === 5 ? idOf(parts.world.seed, 'subagent') : null,
    files: turn.attachment ? [seedFile(parts, turn, turn.attachment)] : [],
    isAnonymized: conversation.isAnonymized,
    createdAt: instant(turn.at),
    feedbacks: turn.by === 'bot' && chance(random, 0.06) ? [seedFeedback(parts, turn)] : [],
  }
}

function aiResponse({ world, random, conversation }: SeedParts, turn: Turn): AiResponse | null {
  if (conversation.isAnonymized) return null
  const articles = turn.articles.flatMap((key) => world.knowledge.find((article) => article.key === key) ?? [])
  return {
    reasoning: chance(random, 0.5) ? ['The question is about the shop; the knowledge base covers it.'] : null,
    outputText: turn.text,
    ...citationsOf(world.seed, articles),
  }
}

function seedFile(
  { world, state, conversation, instant }: SeedParts,
  turn: Turn,
  { name, type }: NonNullable<Turn['attachment']>,
): StoredMessageFile {
  const bytes = new TextEncoder().encode(`made-up contents of ${name}`)
  const file: StoredMessageFile = {
    id: idOf(world.seed, `${turn.key}/file`),
    conversationId: conversation.id,
    fileName: name,
    openAIFileId: `file-${tokenOf(world.seed, `${turn.key}/file`, 22)}`,
    storagePath: `message-files/${conversation.id}/${turn.key}/${name}`,
    size: bytes.length,
    createdAt: instant(turn.at),
  }
  state.uploads.set(file.storagePath, { contentType: type, bytes })
  state.messageFiles.set(file.id, file)
  return file
}

function seedFeedback({ world, random, conversation, instant }: SeedParts, turn: Turn): StoredFeedback {
  const voteType = chance(random, 0.7) ? 'up' : 'down'
  const comment = voteType === 'up' ? null : pick(random, ['That is outdated.', 'Not what I asked.', 'Too long.'])
  const at = Math.min(instant(turn.at) + 60_000, world.now)
  return {
    id: idOf(world.seed, `${turn.key}/feedback`),
    userId: conversation.userId,
    voteType,
    question: null,
    answer: turn.text,
    comment,
    userEmail: null,
    createdAt: at,
    updatedAt: at,
  }
}
