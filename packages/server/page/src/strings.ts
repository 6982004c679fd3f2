/**
 * Every word of the page. To translate it, replace this file: values are strings, or functions of what stands in them.
 */

const plural = new Intl.PluralRules('en')

/** A number with its noun. */
const counted = (count: number, one: string, other: string): string =>
  `${new Intl.NumberFormat('en').format(count)} ${plural.select(count) === 'one' ? one : other}`

export const strings = {
  appName: 'Parley',
  loading: 'Loading…',
  tryAgain: 'Try again',
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  remove: 'Remove',
  copy: 'Copy',
  copied: 'Copied',
  more: 'More',
  back: 'Back',
  skipToList: 'Skip to the conversations',
  skipToConversation: 'Skip to the conversation',

  states: {
    offline: 'No connection to the server. What you write is kept, and the page goes on by itself.',
    connecting: 'Connecting…',
    live: 'Live',
    signedOutTitle: 'You are not signed in',
    signedOut:
      'Open your sign-in link, or paste it here. Whoever runs the server can give you one; “parley inbox” prints it when it starts.',
    signInLink: 'Sign-in link',
    signIn: 'Sign in',
    wrongLink: 'This is not a sign-in link of this server. It looks like this:',
    sessionEnded: 'Your session has ended. What you have written is kept.',
    failedTitle: 'This could not be loaded',
    unexpected: 'Something in the page went wrong. What you have written is kept.',
    reload: 'Reload the page',
  },

  views: {
    title: 'Views',
    open: 'Open',
    mine: 'Mine',
    unassigned: 'Unassigned',
    unread: 'Unread',
    person: 'With a person',
    sends: 'Problems with sending',
    snoozed: 'Snoozed',
    closed: 'Closed',
    all: 'All conversations',
    saved: 'Saved views',
    shared: 'shared',
    saveTitle: 'Save this view',
    name: 'Name',
    shareWithAll: 'Share it with everybody',
    delete: (name: string) => `Delete the view ${name}`,
  },

  nav: {
    label: 'Main',
    quality: 'Quality',
    accounts: 'Accounts',
    accountsProblems: (count: number) => counted(count, 'account needs attention', 'accounts need attention'),
    shortcuts: 'Keyboard shortcuts',
    signOut: 'Sign out',
    theme: 'Colors',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    openMenu: 'Menu',
  },

  shortcuts: {
    send: 'Send what is written',
    leave: 'Leave the field',
    names: {
      next: 'Next conversation',
      previous: 'Previous conversation',
      search: 'Search',
      reply: 'Write a reply',
      note: 'Write a note',
      takeOver: 'Take over, or release',
      close: 'Close, or reopen',
      assignToMe: 'Assign to me',
      markRead: 'Mark as read',
      details: 'Show or hide the details',
      help: 'Show this help',
    },
  },

  filters: {
    title: 'Filter',
    active: (count: number) => counted(count, 'filter', 'filters'),
    clear: 'Clear',
    status: 'Status',
    any: 'Any',
    assignee: 'Assignee',
    me: 'Me',
    nobody: 'Nobody',
    account: 'Account',
    channel: 'Channel',
    control: 'In control',
    unread: 'Only unread',
    starred: 'Only starred',
    tag: 'Tag',
    unknown: 'Hide what a vendor does not say',
    snoozed: 'Snoozed',
    snoozedChoices: { false: 'Hidden', true: 'Only snoozed', any: 'Shown too' },
  },

  list: {
    label: 'Conversations',
    empty: 'No conversation here.',
    emptyAll: 'There is no conversation yet. New ones appear here by themselves.',
    syncing: (accounts: string) => `The first sync of ${accounts} is going on. Conversations appear as they are read.`,
    newAbove: (count: number) => counted(count, 'change above', 'changes above'),
    incomplete: (accounts: string) => `Not complete: ${accounts}`,
    unapplied: (fields: string) => `With those of which the vendor does not say: ${fields}`,
    unappliedWhy: 'A customer who waits must not be hidden. The filter can hide such conversations.',
    visitor: 'Visitor',
    noText: 'No text',
    nothingYet: 'No message yet',
    unread: (count: number) => counted(count, 'unread message', 'unread messages'),
    openSends: (count: number) => counted(count, 'message needs attention', 'messages need attention'),
    snoozedUntil: (time: string) => `Snoozed until ${time}`,
    assignedTo: (name: string) => `Assigned to ${name}`,
    loadingMore: 'Loading more…',
    end: 'That is all.',
  },

  search: {
    label: 'Search messages',
    placeholder: 'Search',
    clear: 'Clear the search',
    results: 'Search results',
    none: 'No message has these words.',
    coverage: 'What was searched',
    complete: (account: string) => `${account}: all messages`,
    since: (account: string, time: string) => `${account}: since ${time}`,
    nothing: (account: string) => `${account}: not read yet`,
  },

  authors: {
    contact: 'Contact',
    agent: 'AI agent',
    operator: 'Team',
    automation: 'Automation',
    system: 'System',
    unknown: 'Unknown author',
    you: 'You',
    inferred: 'The vendor does not state the author; this was inferred.',
  },
  control: {
    agent: 'The AI agent answers',
    operator: 'A person answers',
    unknown: 'The vendor does not say who answers',
    short: { agent: 'AI', operator: 'Person', unknown: '' },
    inferred: 'inferred',
    until: (time: string) => `until ${time}`,
  },
  statuses: { open: 'Open', closed: 'Closed', archived: 'Archived', deleted: 'Deleted', unknown: 'Status not known' },
  places: {
    overlay: 'Only here, not at the vendor',
  },
  channels: {
    sms: 'SMS',
    email: 'Email',
    whatsapp: 'WhatsApp',
    messenger: 'Messenger',
    instagram: 'Instagram',
    tiktok: 'TikTok',
    google: 'Google',
    slack: 'Slack',
    teams: 'Teams',
    web: 'Web',
    voice: 'Voice',
    api: 'API',
    internal: 'Internal',
    system: 'System',
    unknown: 'Unknown channel',
  },

  thread: {
    choose: 'Choose a conversation.',
  },

  composer: {},

  details: {},

  accounts: {},

  quality: {},
} as const
