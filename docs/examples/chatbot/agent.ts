import { readFile } from 'node:fs/promises'
import { agentConversationDefinition } from '@parley/agent-conversation'
import { type Adapter, open } from '@parley/core'
import { langGraphDefinition } from '@parley/langgraph'
import { leadConnectorDefinition } from '@parley/leadconnector'
import { liveChatAIDefinition } from '@parley/livechatai'
import { sandbox, sandboxVendors } from '@parley/sandbox'

const definitions = [leadConnectorDefinition, liveChatAIDefinition, agentConversationDefinition, langGraphDefinition]

/** The agent that a configuration file names. With `"sandbox": true`, it is one of an emulator on this machine. */
export async function agentIn(file: string | URL): Promise<Adapter> {
  const { sandbox: isEmulated, ...config } = JSON.parse(await readFile(file, 'utf8'))
  if (!isEmulated) return open(config, definitions)
  const desk = await sandbox.start({ now: Date.now() })
  const emulator = sandboxVendors.map((name) => desk[name]).find(({ vendor }) => vendor === config.vendor)
  return open({ ...config, ...emulator?.accountOptions }, definitions)
}
