const basis = 'How something is known is the adapter’s own claim; its own tests hold it to the vendor’s documents.'

const oneAgent = 'Where the vendor does not send it, it is there once the adapter has read its one agent.'

/** Fields that no check compares, and the reasons. */
export const unheld: Readonly<Record<string, string>> = {
  'message author.basis': basis,
  'conversation control.basis': basis,
  'conversation agentId': oneAgent,
  'knowledge agentId': oneAgent,
}
