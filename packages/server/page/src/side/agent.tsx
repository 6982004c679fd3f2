import { useQuery } from '@tanstack/react-query'
import { type Agent, ask, client } from '../api.ts'
import { duration, listed, number } from '../format.ts'
import { strings } from '../strings.ts'
import { Facts, Read } from './part.tsx'

const words = strings.details

/** The AI agent of the conversation, as the vendor has it. */
export function AgentDetails({ agent }: { agent: string }) {
  const query = useQuery({
    queryKey: ['agent', agent],
    queryFn: ({ signal }) => ask(client.GET('/v1/agents/{agent}', { params: { path: { agent } }, signal })),
  })
  return <Read query={query}>{(data) => <AllOf agent={data} />}</Read>
}

function AllOf({ agent }: { agent: Agent }) {
  const { agentFacts, prompts } = words
  const { status, mode, channels = [], pause, actions = [] } = agent
  const pauses =
    pause?.onOperatorMessage === false || pause === undefined
      ? undefined
      : pause.durationMs === null
        ? words.untilResumed
        : pause.durationMs === undefined
          ? words.yes
          : duration(pause.durationMs)
  return (
    <>
      <Facts
        facts={[
          [agentFacts.name, agent.name ?? agent.displayName],
          [agentFacts.status, words.agentStatuses[status.value]],
          [agentFacts.mode, mode && words.agentModes[mode.value]],
          [agentFacts.description, agent.description],
          [agentFacts.model, agent.model],
          [agentFacts.language, agent.language],
          [
            agentFacts.channels,
            channels.length > 0 &&
              listed(
                channels.map(({ value, native }) => (value === 'unknown' ? String(native) : strings.channels[value])),
              ),
          ],
          [agentFacts.delay, agent.replyDelayMs ? duration(agent.replyDelayMs) : undefined],
          [agentFacts.most, agent.maxMessages === undefined ? undefined : number(agent.maxMessages)],
          [agentFacts.pause, pauses],
          [words.actions, listed(actions.map(({ name, type }) => name ?? String(type.native ?? type.value)))],
        ]}
      />
      {(['prompt', 'instructions', 'personality', 'goal'] as const).map((part) => {
        const text = agent[part]
        return (
          text && (
            <div key={part}>
              <h4>{prompts[part]}</h4>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls, also with the keys. */}
              <p className="details-prompt" dir="auto" tabIndex={0}>
                {text}
              </p>
            </div>
          )
        )
      })}
    </>
  )
}
