import type { Check } from '../check.ts'
import { agentChecks } from './agents.ts'
import { controlGoesRound } from './control-round-trip.ts'
import { theAgentIsSilent } from './control-silence.ts'
import { exportFilterChecks, exportsAreOrdered } from './exports-filters.ts'
import { exportsHoldTheThreads } from './exports-threads.ts'
import { abortedCallsSendNothing } from './failures-aborted-before.ts'
import { callsCanBeGivenUp } from './failures-aborted-during.ts'
import { wrongCredentialsAreTold } from './failures-credential.ts'
import { deadlinesHold } from './failures-deadline.ts'
import { failuresSayWhere } from './failures-place.ts'
import { rateLimitsAreTold } from './failures-rate-limit.ts'
import { unreadableAnswersAreTold } from './failures-unreadable.ts'
import { dismissedSuggestionsAreGone } from './feedback-dismiss.ts'
import { ratingsAreRead } from './feedback-give.ts'
import { ratingsHaveAWindow } from './feedback-window.ts'
import { fieldsAreDeclared } from './fields-declared.ts'
import { fieldsAreGiven } from './fields-given.ts'
import { droppedFieldsDoNotComeBack, fullFieldsReadBack, rejectedFieldsAreRefused } from './fields-written.ts'
import { fileChecks } from './files.ts'
import { filterChecks } from './filters.ts'
import { filtersCombine } from './filters-combined.ts'
import { searchFinds } from './filters-search.ts'
import { localFiltersAreTold } from './filters-told.ts'
import { generationsExplainAnswers } from './generations-get.ts'
import { contactsAreNotGenerated } from './generations-not-found.ts'
import { accountIsTheOneGiven } from './identity-account.ts'
import { limitsAreData } from './identity-limits.ts'
import { needSaysWhy } from './identity-need.ts'
import { makingOneDoesNoIO } from './identity-no-io.ts'
import { everyOperationIsThereOrHasAReason } from './identity-operations.ts'
import { newKnowledgeIsListed } from './knowledge-add.ts'
import { knowledgeIsFiltered } from './knowledge-filters.ts'
import { removedKnowledgeIsGone } from './knowledge-remove.ts'
import { repliesCanBeCalledOff } from './later-cancel.ts'
import { whatIsSentStaysSent } from './later-cancel-twice.ts'
import { laterIsNotNow } from './later-refused.ts'
import { arrivalsShiftNothing } from './lists-arrivals.ts'
import { newestActivityFirst } from './lists-conversation-order.ts'
import { cursorsOutliveTheAdapter } from './lists-cursor.ts'
import { awaitedIsTheFirstPage } from './lists-first-page.ts'
import { foreignCursorsAreRefused } from './lists-foreign-cursor.ts'
import { forgedCursorsAreRefused } from './lists-forged-cursor.ts'
import { listsAskLate } from './lists-lazy.ts'
import { limitIsHonoured } from './lists-limit.ts'
import { messageOrdersMirror } from './lists-message-order.ts'
import { listsAreAPromise } from './lists-promise.ts'
import { surplusIsKept } from './lists-surplus.ts'
import { totalCountsTheList } from './lists-total.ts'
import { pagesMakeTheWholeList } from './lists-whole.ts'
import { answersPointBack } from './messages-answers.ts'
import { authorsAreTold } from './messages-authors.ts'
import { messagesNameTheirConversation } from './messages-conversation.ts'
import { scoresHaveADirection } from './messages-scores.ts'
import { sourcesStateIsTrue } from './messages-sources.ts'
import { deliveriesAreRead } from './messages-status.ts'
import { textIsPlain } from './messages-text.ts'
import { answersHaveSources } from './messages-traceable.ts'
import { instantsAreNormalized } from './models-instants.ts'
import { nativeIsTheVendorsWord } from './models-native.ts'
import { partsHaveTheirShape } from './models-parts.ts'
import { modelsArePlainData } from './models-plain-data.ts'
import { rawIsAnOption } from './models-raw.ts'
import { refsParseBack } from './models-refs.ts'
import { modelsHaveTheirShape } from './models-shape.ts'
import { unknownTermsAreTold } from './models-terms.ts'
import { refsAreUnique } from './models-unique.ts'
import { misspelledOptionsAreRefused, optionsOfOthersAreIgnored } from './options-vendor.ts'
import { agentsAreFound } from './reading-agent-search.ts'
import { contactsOfConversations } from './reading-contact.ts'
import { contactsAreFound } from './reading-contact-search.ts'
import { emptyAccountsHaveEmptyLists } from './reading-empty.ts'
import { nothingHasNoId } from './reading-empty-id.ts'
import { getAgreesWithTheList } from './reading-get.ts'
import { entityOrId } from './reading-target.ts'
import { unknownIdsAreNotFound } from './reading-unknown-id.ts'
import { nobodyHasNothing } from './reading-unknown-owner.ts'
import { settlingChecks } from './settling.ts'
import { askingIsAnswered } from './speaking-ask.ts'
import { nothingIsAskedTwice } from './speaking-ask-once.ts'
import { attemptsAreStoredFirst, attemptsComeFirst } from './speaking-attempt.ts'
import { repliesRespectControl } from './speaking-conflict.ts'
import { givenUpQuestionsSettle } from './speaking-given-up.ts'
import { madeUpAttemptsAreNotDone } from './speaking-made-up.ts'
import { askingOpensConversations } from './speaking-new.ts'
import { nobodyIsSpokenTo } from './speaking-nobody.ts'
import { notesStayInside } from './speaking-note.ts'
import { repliesAreTheOperators } from './speaking-operator.ts'
import { theQuestionIsTheContacts } from './speaking-question.ts'
import { repliesArrive } from './speaking-reply.ts'
import { nothingIsRepliedTwice } from './speaking-reply-once.ts'
import { askedAttemptsSettle } from './speaking-settle.ts'
import { answersBringTheirSources } from './speaking-sources.ts'
import { streamingChecks } from './streaming.ts'
import { actionsAreTrue } from './truth-actions.ts'
import { agentsAreTrue } from './truth-agents.ts'
import { contactsAreTrue } from './truth-contacts.ts'
import { conversationsAreTrue } from './truth-conversations.ts'
import { feedbackIsTrue } from './truth-feedback.ts'
import { knowledgeIsTrue } from './truth-knowledge.ts'
import { messagesAreTrue } from './truth-messages.ts'
import { suggestionsAreTrue } from './truth-suggestions.ts'
import { warningsAreData } from './warnings-data.ts'
import { warningsAreToldTwice } from './warnings-same.ts'
import { closingCloses } from './writing-close.ts'
import { newContactsAreRead } from './writing-contact.ts'
import { deletedContactsAreGone } from './writing-contact-delete.ts'
import { newConversationsAreRead } from './writing-create.ts'
import { deletingDeletes } from './writing-delete.ts'
import { deletingAllDeletesAll } from './writing-delete-all.ts'
import { emptyIdsAreRefused } from './writing-empty-id.ts'
import { foreignersAreRefused } from './writing-foreign.ts'
import { givenUpWritesSendNothing } from './writing-given-up.ts'
import { nothingIsMadeTwice } from './writing-once.ts'
import { whatIsGivenBackHasItsShape } from './writing-shape.ts'
import { startingReachesOut } from './writing-start.ts'
import { nobodyIsChanged } from './writing-unknown-id.ts'
import { changesAreRead } from './writing-update.ts'
import { upsertsMakeOnce } from './writing-upsert.ts'
import { webhooksAreMade } from './writing-webhook.ts'

/** The whole suite, in the order in which it runs. */
export const checks: readonly Check[] = [
  accountIsTheOneGiven,
  limitsAreData,
  needSaysWhy,
  makingOneDoesNoIO,
  everyOperationIsThereOrHasAReason,
  misspelledOptionsAreRefused,
  optionsOfOthersAreIgnored,
  instantsAreNormalized,
  modelsArePlainData,
  modelsHaveTheirShape,
  rawIsAnOption,
  refsParseBack,
  unknownTermsAreTold,
  nativeIsTheVendorsWord,
  partsHaveTheirShape,
  refsAreUnique,
  newestActivityFirst,
  cursorsOutliveTheAdapter,
  awaitedIsTheFirstPage,
  listsAreAPromise,
  forgedCursorsAreRefused,
  foreignCursorsAreRefused,
  arrivalsShiftNothing,
  surplusIsKept,
  listsAskLate,
  limitIsHonoured,
  messageOrdersMirror,
  totalCountsTheList,
  pagesMakeTheWholeList,
  filtersCombine,
  searchFinds,
  localFiltersAreTold,
  ...filterChecks,
  agentsAreFound,
  contactsAreFound,
  contactsOfConversations,
  emptyAccountsHaveEmptyLists,
  getAgreesWithTheList,
  entityOrId,
  nothingHasNoId,
  unknownIdsAreNotFound,
  nobodyHasNothing,
  answersPointBack,
  authorsAreTold,
  messagesNameTheirConversation,
  scoresHaveADirection,
  sourcesStateIsTrue,
  textIsPlain,
  answersHaveSources,
  deliveriesAreRead,
  nothingIsAskedTwice,
  askingIsAnswered,
  repliesRespectControl,
  madeUpAttemptsAreNotDone,
  askingOpensConversations,
  nobodyIsSpokenTo,
  notesStayInside,
  theQuestionIsTheContacts,
  nothingIsRepliedTwice,
  repliesArrive,
  repliesAreTheOperators,
  askedAttemptsSettle,
  answersBringTheirSources,
  ...streamingChecks,
  attemptsComeFirst,
  attemptsAreStoredFirst,
  ...settlingChecks,
  givenUpQuestionsSettle,
  repliesCanBeCalledOff,
  whatIsSentStaysSent,
  laterIsNotNow,
  controlGoesRound,
  theAgentIsSilent,
  closingCloses,
  deletedContactsAreGone,
  newContactsAreRead,
  newConversationsAreRead,
  deletingAllDeletesAll,
  deletingDeletes,
  startingReachesOut,
  changesAreRead,
  upsertsMakeOnce,
  webhooksAreMade,
  givenUpWritesSendNothing,
  emptyIdsAreRefused,
  foreignersAreRefused,
  nobodyIsChanged,
  nothingIsMadeTwice,
  whatIsGivenBackHasItsShape,
  ...agentChecks,
  newKnowledgeIsListed,
  removedKnowledgeIsGone,
  knowledgeIsFiltered,
  ratingsAreRead,
  dismissedSuggestionsAreGone,
  ratingsHaveAWindow,
  ...fileChecks,
  exportsHoldTheThreads,
  ...exportFilterChecks,
  exportsAreOrdered,
  generationsExplainAnswers,
  contactsAreNotGenerated,
  fieldsAreDeclared,
  fieldsAreGiven,
  fullFieldsReadBack,
  droppedFieldsDoNotComeBack,
  rejectedFieldsAreRefused,
  abortedCallsSendNothing,
  callsCanBeGivenUp,
  wrongCredentialsAreTold,
  deadlinesHold,
  failuresSayWhere,
  rateLimitsAreTold,
  unreadableAnswersAreTold,
  warningsAreData,
  warningsAreToldTwice,
  agentsAreTrue,
  contactsAreTrue,
  conversationsAreTrue,
  messagesAreTrue,
  actionsAreTrue,
  knowledgeIsTrue,
  feedbackIsTrue,
  suggestionsAreTrue,
]
