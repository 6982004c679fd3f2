// Generated from the description of the server: pnpm generate.

import type { JsonValue } from '@parley/core'

export interface paths {
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers. */
        get: operations["health.live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The database answers. */
        get: operations["health.ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-in/{secret}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page of a sign-in link. It uses nothing up. */
        get: operations["signIn.show"];
        put?: never;
        /**
         * Uses a sign-in link up and sets the cookie of a session.
         * @description The request needs the header `Origin` of the server, which browsers send by themselves.
         */
        post: operations["signIn.use"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How each account is, what to do about it, and what its vendor can do.
         * @description For callers with the role reader.
         */
        get: operations["accounts.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/accept-deletions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accepts that many records were deleted at the vendor.
         * @description For callers with the role admin.
         */
        post: operations["accounts.acceptDeletions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Creates an agent.
         * @description For callers with the role admin.
         */
        post: operations["agents.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Creates or changes a contact.
         * @description For callers with the role operator.
         */
        put: operations["contacts.upsert"];
        /**
         * Creates a contact.
         * @description For callers with the role operator.
         */
        post: operations["contacts.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/contacts/ensure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The contact of a visitor, made if there is none.
         * @description For callers with the role operator.
         */
        post: operations["contacts.ensure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The ratings of answers.
         * @description For callers with the role reader.
         */
        get: operations["feedback.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/knowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds knowledge.
         * @description For callers with the role admin.
         */
        post: operations["knowledge.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All messages of an account.
         * @description For callers with the role admin.
         */
        get: operations["messages.export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reads everything of the account again.
         * @description For callers with the role admin.
         */
        post: operations["accounts.reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Goes on with an account that was stopped.
         * @description For callers with the role admin.
         */
        post: operations["accounts.resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes the vendor call an address.
         * @description For callers with the role admin.
         */
        post: operations["webhooks.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The AI agents of all accounts.
         * @description For callers with the role reader.
         */
        get: operations["agents.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/{agent}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One agent.
         * @description For callers with the role reader.
         */
        get: operations["agents.get"];
        put?: never;
        post?: never;
        /**
         * Deletes an agent. This cannot be undone.
         * @description For callers with the role admin.
         */
        delete: operations["agents.delete"];
        options?: never;
        head?: never;
        /**
         * Changes an agent.
         * @description For callers with the role admin.
         */
        patch: operations["agents.update"];
        trace?: never;
    };
    "/v1/agents/{agent}/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The actions of an agent.
         * @description For callers with the role reader.
         */
        get: operations["agents.actions.list"];
        put?: never;
        /**
         * Gives an agent an action.
         * @description For callers with the role admin.
         */
        post: operations["agents.actions.attach"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/{agent}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One action.
         * @description For callers with the role reader.
         */
        get: operations["agents.actions.get"];
        put?: never;
        post?: never;
        /**
         * Removes an action.
         * @description For callers with the role admin.
         */
        delete: operations["agents.actions.remove"];
        options?: never;
        head?: never;
        /**
         * Changes an action.
         * @description For callers with the role admin.
         */
        patch: operations["agents.actions.update"];
        trace?: never;
    };
    "/v1/agents/{agent}/follow-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Changes the follow-ups.
         * @description For callers with the role admin.
         */
        put: operations["agents.followUp.update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/{agent}/working-hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * When an agent works.
         * @description For callers with the role reader.
         */
        get: operations["agents.workingHours.get"];
        /**
         * Sets the working hours.
         * @description For callers with the role admin.
         */
        put: operations["agents.workingHours.set"];
        post?: never;
        /**
         * Removes the working hours.
         * @description For callers with the role admin.
         */
        delete: operations["agents.workingHours.clear"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who has written what, newest first. Only an admin sees the entries of others.
         * @description For callers with the role reader.
         */
        get: operations["audit.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What has changed since a cursor.
         * @description For callers with the role reader.
         */
        get: operations["changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The contacts of all accounts.
         * @description For callers with the role reader.
         */
        get: operations["contacts.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{contact}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One contact.
         * @description For callers with the role reader.
         */
        get: operations["contacts.get"];
        put?: never;
        post?: never;
        /**
         * Deletes a contact at the vendor.
         * @description For callers with the role admin.
         */
        delete: operations["contacts.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{contact}/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Opens a conversation. Nothing reaches the contact.
         * @description For callers with the role operator.
         */
        post: operations["conversations.create"];
        /**
         * Deletes every conversation of a contact. This cannot be undone.
         * @description For callers with the role admin.
         */
        delete: operations["conversations.deleteForContact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{contact}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erases a person from the store. This cannot be undone.
         * @description For callers with the role admin.
         */
        post: operations["contacts.erase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{contact}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All that is stored about a contact, as lines of JSON.
         * @description For callers with the role admin.
         */
        get: operations["contacts.exportPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{contact}/link-suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Contacts of other accounts that may be the same person.
         * @description For callers with the role reader.
         */
        get: operations["links.suggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{contact}/linked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The refs of all contacts that are the same person, this one among them.
         * @description For callers with the role reader.
         */
        get: operations["links.contacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{contact}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The links of a contact to contacts of other accounts, also undone ones.
         * @description For callers with the role reader.
         */
        get: operations["links.list"];
        put?: never;
        /**
         * Links a contact with one of another account that is the same person.
         * @description For callers with the role operator.
         */
        post: operations["links.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{contact}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Undoes a link.
         * @description For callers with the role operator.
         */
        delete: operations["links.undo"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finds contacts.
         * @description For callers with the role reader.
         */
        post: operations["contacts.search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The conversations of all accounts, newest activity first.
         * @description For callers with the role reader.
         */
        get: operations["conversations.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One conversation.
         * @description For callers with the role reader.
         */
        get: operations["conversations.get"];
        put?: never;
        post?: never;
        /**
         * Deletes a conversation.
         * @description For callers with the role admin.
         */
        delete: operations["conversations.delete"];
        options?: never;
        head?: never;
        /**
         * Changes a conversation.
         * @description For callers with the role operator.
         */
        patch: operations["conversations.update"];
        trace?: never;
    };
    "/v1/conversations/{conversation}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives the conversation to a person, or to nobody.
         * @description For callers with the role operator.
         */
        post: operations["assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation}/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Uploads a file for a reply.
         * @description For callers with the role operator.
         */
        post: operations["attachments.upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Closes the conversation.
         * @description For callers with the role operator.
         */
        post: operations["close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation}/control": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who answers the contact.
         * @description For callers with the role reader.
         */
        get: operations["control.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation}/input": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives an agent what it waits for.
         * @description For callers with the role operator.
         */
        post: operations["messages.provideInput"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The messages of a conversation, newest first.
         * @description For callers with the role reader.
         */
        get: operations["messages.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A note for colleagues.
         * @description For callers with the role operator.
         */
        post: operations["note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Marks all messages as read.
         * @description For callers with the role operator.
         */
        post: operations["markRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets the agent answer again.
         * @description For callers with the role operator.
         */
        post: operations["release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Opens the conversation again.
         * @description For callers with the role operator.
         */
        post: operations["reopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation}/reply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replies to the contact. Look at the `state` of the answer.
         * @description For callers with the role operator.
         */
        post: operations["reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation}/sends": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The replies and notes that were sent from here in a conversation, newest first.
         * @description For callers with the role reader.
         */
        get: operations["sends.ofConversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hides the conversation until an instant or the contact’s next message. `null` wakes it.
         * @description For callers with the role operator.
         */
        post: operations["snooze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds and removes tags of the desk.
         * @description For callers with the role operator.
         */
        post: operations["tag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversation}/take-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stops the agent from answering, so that a person can.
         * @description For callers with the role operator.
         */
        post: operations["takeOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A stream of server-sent events with the changes. It resumes from `Last-Event-ID`.
         * @description For callers with the role reader.
         */
        get: operations["events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/history/{record}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The changes of one conversation, message, contact or agent, newest first.
         * @description For callers with the role reader.
         */
        get: operations["history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the agents answer from.
         * @description For callers with the role reader.
         */
        get: operations["knowledge.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge/{knowledge}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Removes knowledge.
         * @description For callers with the role admin.
         */
        delete: operations["knowledge.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{message}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One complete message.
         * @description For callers with the role reader.
         */
        get: operations["messages.get"];
        put?: never;
        post?: never;
        /**
         * Cancels a scheduled message.
         * @description For callers with the role operator.
         */
        delete: operations["messages.cancel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{message}/attachments/{attachment}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The bytes of the file.
         * @description For callers with the role reader.
         */
        get: operations["attachments.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{message}/attachments/{attachment}/url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An address from which the file can be fetched now.
         * @description For callers with the role reader.
         */
        get: operations["attachments.url"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{message}/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rates an answer.
         * @description For callers with the role operator.
         */
        post: operations["feedback.give"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{message}/generation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How an answer was generated.
         * @description For callers with the role reader.
         */
        get: operations["generations.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{message}/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The sources of an answer.
         * @description For callers with the role reader.
         */
        get: operations["sources.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{message}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Reports a delivery.
         * @description For callers with the role operator.
         */
        put: operations["messages.setStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The human teammates of all accounts.
         * @description For callers with the role reader.
         */
        get: operations["operators.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The people of the server, to whom a conversation can be assigned.
         * @description For callers with the role reader.
         */
        get: operations["people.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How well the contacts were answered, over time.
         * @description For callers with the role reader.
         */
        get: operations["quality.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quality.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as a table for a spreadsheet: a line for each period, and a column for the answers of each agent.
         * @description For callers with the role reader.
         */
        get: operations["quality.table"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/saved-replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The texts that people send often, by title.
         * @description For callers with the role reader.
         */
        get: operations["savedReplies.list"];
        put?: never;
        /**
         * Saves a text.
         * @description For callers with the role operator.
         */
        post: operations["savedReplies.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/saved-replies/{reply}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replaces a saved text.
         * @description For callers with the role operator.
         */
        put: operations["savedReplies.replace"];
        post?: never;
        /**
         * Deletes a saved text.
         * @description For callers with the role operator.
         */
        delete: operations["savedReplies.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/saved-views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The shared views and the caller’s own, by name.
         * @description For callers with the role reader.
         */
        get: operations["savedViews.list"];
        put?: never;
        /**
         * Saves a filter.
         * @description For callers with the role operator.
         */
        post: operations["savedViews.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/saved-views/{view}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replaces a filter of the caller.
         * @description For callers with the role operator.
         */
        put: operations["savedViews.replace"];
        post?: never;
        /**
         * Deletes a filter of the caller.
         * @description For callers with the role operator.
         */
        delete: operations["savedViews.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Searches the texts of all stored messages, newest first.
         * @description For callers with the role reader.
         */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sends": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The replies and notes that were sent from here, newest first.
         * @description For callers with the role reader.
         */
        get: operations["sends.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sends/{send}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One reply or note.
         * @description For callers with the role reader.
         */
        get: operations["sends.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sends/{send}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts a failed send away, with its files. It cannot be retried any more.
         * @description For callers with the role operator.
         */
        post: operations["sends.dismiss"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sends/{send}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a failed reply or note again, as a new send.
         * @description For callers with the role operator.
         */
        post: operations["sends.retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sends/{send}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a person found out about a send whose outcome is unknown.
         * @description For callers with the role operator.
         */
        post: operations["sends.settle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who sent the request, and what they may do.
         * @description For callers with the role reader.
         */
        get: operations["session.get"];
        put?: never;
        post?: never;
        /**
         * Signs out.
         * @description For callers with the role reader.
         */
        delete: operations["session.end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Suggestions for missing knowledge.
         * @description For callers with the role reader.
         */
        get: operations["feedback.suggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/suggestions/{suggestion}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Dismisses a suggestion for good.
         * @description For callers with the role admin.
         */
        delete: operations["feedback.dismiss"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{account}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receives a delivery of a vendor.
         * @description The signature of the vendor proves it. Its form is the vendor’s.
         */
        post: operations["webhooks.receive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccountState: {
            /** @description `vendor:account`, as in every `ref` of that account. */
            account: string;
            /** @description When the account was read, ISO 8601; of a synced inbox, when its last complete sync began. `null`: it was not read. */
            asOf: string | null;
            /** @description What went wrong, without secrets and customer text. */
            error?: {
                code: string;
                message: string;
                retryable: boolean;
                retryAfterMs?: number;
            };
            /** @description With the filter `search`: what the account looked through. */
            searched?: ("titles" | "names" | "previews" | "bodies")[];
            /**
             * @description How far it is.
             * @enum {string}
             */
            state: "ok" | "error" | "timeout" | "unsupported" | "done" | "unsynced";
            /**
             * @description Why the account was not read on although the page is not full: the time of the page was up or too short for the vendor's rate limit, or the page has cost the account ten requests. What it still has comes on later pages.
             * @enum {string}
             */
            stoppedBy?: "deadline" | "requests";
            /** @description The filters of the query that the account could not answer for some or all of its items on this page. The query's `unknown` decides about these items. */
            unapplied?: string[];
        };
        Action: components["schemas"]["JsonValue"];
        Agent: {
            /** @description The user's name for the account. An account is what one credential can access at the vendor. */
            account: string;
            actions?: {
                id: string;
                name?: string;
                type: {
                    native: string | number | boolean | null;
                    /** @enum {string} */
                    value: "trigger-workflow" | "update-contact-field" | "book-appointment" | "stop-agent" | "hand-over" | "follow-up" | "transfer-bot" | "api-call" | "unknown";
                };
            }[];
            /** @description The vendor's other fields, which the contract does not have. */
            attributes?: components["schemas"]["JsonObject"];
            avatarUrl?: string | null;
            businessName?: string | null;
            channels?: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system" | "unknown";
            }[];
            createdAt?: string | null;
            description?: string | null;
            /** @description The name that contacts see, where the vendor has a separate one. */
            displayName?: string | null;
            goal?: string | null;
            /** @description The vendor's own id. Opaque: its format and length can vary. */
            id: string;
            /** @description The agent's instructions. A non-empty `prompt` replaces instructions, personality and goal, where a vendor has it. */
            instructions?: string | null;
            /** @description Whether this agent answers when nothing else selects an agent. */
            isDefault?: boolean;
            knowledgeBaseIds?: string[];
            /** @description A language code in the vendor's form, such as `en`. */
            language?: string | null;
            /** @description Whether operators can take over in a live chat. */
            liveChatEnabled?: boolean;
            /** @description How many messages the agent sends in a conversation before it stops. */
            maxMessages?: number;
            mode?: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "autopilot" | "suggestive" | "off" | "unknown";
            };
            model?: string | null;
            name: string | null;
            /** @description Whether and how long the agent pauses after someone else writes. `durationMs: null`: until someone resumes it. */
            pause?: {
                durationMs?: number | null;
                onAutomationMessage?: boolean;
                onOperatorMessage?: boolean;
            };
            personality?: string | null;
            prompt?: string | null;
            /** @description The global address: `vendor:account/kind/id`. */
            ref: string;
            /** @description How long the agent waits before it answers, in milliseconds. */
            replyDelayMs?: number;
            /** @description The status of the answer. */
            status: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "active" | "inactive" | "draft" | "archived" | "unknown";
            };
            tags?: string[];
            /** @description When it was changed last. */
            updatedAt?: string | null;
            /** @description The vendor's name in lower case, as its adapter declares it. */
            vendor: string;
        };
        AgentAnswers: {
            /** @description `vendor:account`. */
            account: string;
            /** @description The ref of the agent: the one that the message names, or else the one that is in charge of the conversation now. `null`: the vendor says neither. */
            agent: string | null;
            /** @description In all. */
            answers: number;
            /** @description `null`: the agent is not stored, or has no name. */
            name: string | null;
            /** @description In each of `periods`. */
            periods: number[];
        };
        Attachment: {
            /** @enum {string} */
            access: "open" | "fetchable";
            /** @description The user's name for the account. An account is what one credential can access at the vendor. */
            account: string;
            /** @description A media type such as `image/png`. */
            contentType?: string | null;
            /** @description The vendor's id of the attachment's conversation, where a signed URL requires it. */
            conversationId?: string;
            expiresAt?: string | null;
            fileName?: string | null;
            /** @description The vendor's own id. Opaque: its format and length can vary. */
            id: string;
            /** @description The global address: `vendor:account/kind/id`. */
            ref: string;
            /** @description In bytes. */
            size?: number | null;
            url?: string | null;
            /** @description The vendor's name in lower case, as its adapter declares it. */
            vendor: string;
        };
        AuditEntry: {
            /** @description `null`: it concerns no single account. */
            account: string | null;
            /** @description Such as `reply`, `close` or `agents.update`. */
            action: string;
            /** @description ISO 8601 */
            at: string;
            /** @description The person or program that did it. */
            by: {
                id: string;
                name?: string;
            };
            /** @description The code of the error. */
            code?: string;
            /** @description What the command was given, for example `{ to: 'ada' }` of an `assign` or `{ until }` of a `snooze`. */
            details?: {
                [key: string]: string | null | string[];
            };
            /** @description The vendor's own id. Opaque: its format and length can vary. */
            id: string;
            /**
             * @description `done`: at the vendor. `overlay`: in this store. `refused`: not done, and the caller was told why. `failed`: certainly not done. `unknown`: it may have been done. `started`: the process ended before it knew.
             * @enum {string}
             */
            outcome: "started" | "done" | "overlay" | "refused" | "failed" | "unknown";
            /** @description The id of the send. */
            send?: string;
            /** @description What was written to: the ref of a conversation, a contact, an agent, or the id of a view, for example. */
            target: string;
        };
        Change: {
            /** @description `vendor:account`. */
            account: string;
            /** @description ISO 8601 */
            at: string;
            /**
             * @description `restored`: it was deleted before. `erased`: by `store.erase`. The messages of an erased conversation have no events of their own.
             * @enum {string}
             */
            change: "added" | "updated" | "deleted" | "restored" | "erased";
            /** @description The ref of the conversation, of a conversation or a message. */
            conversation: string | null;
            /** @description Of an update, the names of the fields that changed. The value is `true`, or `{ from, to }` for `control` (the holder), `status` and `assignee` (the id) of a conversation. */
            fields?: components["schemas"]["JsonValue"];
            /** @description The same each time the change comes, and of no other change in the store. Ids do not ascend. */
            id: string;
            /**
             * @description What it is.
             * @enum {string}
             */
            kind: "agent" | "contact" | "conversation" | "message";
            /** @description The global address: `vendor:account/kind/id`. */
            ref: string;
        };
        CommandResult: {
            /** @description The conversation. */
            conversation: components["schemas"]["DeskConversation"];
            /**
             * @description Where the change was made.
             * @enum {string}
             */
            place: "vendor" | "overlay";
            /** @description What was lost or had to be done in another way. */
            warnings: components["schemas"]["Warning"][];
        };
        Contact: {
            /** @description The user's name for the account. An account is what one credential can access at the vendor. */
            account: string;
            /** @description The contact's agent, where contacts belong to an agent. */
            agentId?: string | null;
            assigneeId?: string | null;
            companyName?: string | null;
            /** @description The ids of the contact's conversations, where the vendor returns them with the contact. */
            conversationIds?: string[];
            /** @description Usually two letters, ISO 3166-1; not every vendor enforces this. */
            country?: string | null;
            createdAt?: string | null;
            customFields?: components["schemas"]["JsonObject"];
            /** @description Whether no message may be sent to the contact at all. */
            doNotDisturb?: boolean;
            /** @description Channels on which no message may be sent. */
            doNotDisturbOn?: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system" | "unknown";
            }[];
            email?: string | null;
            /** @description The application's own id for this person, which it passed to the vendor. */
            externalId?: string | null;
            firstName?: string | null;
            /** @description The vendor's own id. Opaque: its format and length can vary. */
            id: string;
            isAnonymized?: boolean;
            lastActivityAt?: string | null;
            lastName?: string | null;
            name?: string | null;
            /** @description Where the contact came from, in the vendor's own words. */
            origin?: string | null;
            phone?: string | null;
            /** @description The global address: `vendor:account/kind/id`. */
            ref: string;
            tags?: string[];
            /** @description An IANA name such as `Europe/Vienna`. */
            timezone?: string | null;
            /** @description When it was changed last. */
            updatedAt?: string | null;
            /** @description The vendor's name in lower case, as its adapter declares it. */
            vendor: string;
        };
        ContactLink: {
            /** @description ISO 8601 */
            at: string;
            /** @description `null`: made automatically. */
            by: {
                id: string;
                name?: string;
            } | null;
            /** @description From 0 to 1. A person's own link has 1. */
            confidence: number;
            contacts: [
                string,
                string
            ];
            /** @description The vendor's own id. Opaque: its format and length can vary. */
            id: string;
            /** @description Why: `email`, `phone` or `externalId` if they have the same one; otherwise what the person wrote. */
            reason: string;
            undone?: {
                /** @description ISO 8601 */
                at: string;
                by: {
                    id: string;
                    name?: string;
                };
            };
        };
        Conversation: {
            /** @description The user's name for the account. An account is what one credential can access at the vendor. */
            account: string;
            /** @description The vendor's id of the agent in charge. */
            agentId?: string | null;
            /** @description The operator who owns the conversation. `null`: nobody. */
            assignee?: {
                avatarUrl?: string | null;
                email?: string | null;
                id: string | null;
                name?: string | null;
            } | null;
            /** @description Where a conversation can have several channels, the channel of its last message. Missing: the vendor does not say. */
            channel?: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system" | "unknown";
            };
            /** @description The contact. */
            contact?: {
                email?: string | null;
                externalId?: string | null;
                id: string | null;
                name?: string | null;
                phone?: string | null;
                ref?: string;
            } | null;
            control: {
                /** @enum {string} */
                basis: "vendor" | "inferred" | "none";
                /** @enum {string} */
                holder: "agent" | "operator" | "unknown";
                inputRequests?: {
                    choices?: {
                        label: string;
                        value: components["schemas"]["JsonValue"];
                    }[];
                    expiresAt?: string;
                    id: string;
                    raw?: unknown;
                    text: string | null;
                }[];
                native: string | number | boolean | null;
                until?: string;
            };
            createdAt?: string | null;
            /** @description The application's own data, which it passed to the vendor. */
            customFields?: components["schemas"]["JsonObject"];
            feedback?: components["schemas"]["Feedback"][];
            /** @description The vendor's own id. Opaque: its format and length can vary. */
            id: string;
            isAnonymized?: boolean;
            isMuted?: boolean;
            /** @description Whether it is starred. */
            isStarred?: boolean;
            labels?: string[];
            /** @description When something last happened in the conversation. Inboxes sort by this. `null`: nothing has happened yet. */
            lastActivityAt?: string | null;
            lastMessage?: {
                at?: string | null;
                /** @enum {string} */
                author?: "contact" | "agent" | "operator" | "automation" | "system" | "unknown";
                channel?: {
                    native: string | number | boolean | null;
                    /** @enum {string} */
                    value: "sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system" | "unknown";
                };
                text?: string | null;
            } | null;
            /** @description The vendor's quality score, on the vendor's own scale. */
            qualityScore?: number | null;
            /** @description The global address: `vendor:account/kind/id`. */
            ref: string;
            /** @description A workflow state that the organisation defined. */
            state?: {
                id: string;
                name?: string;
            } | null;
            /** @description The status of the answer. */
            status: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "open" | "closed" | "archived" | "deleted" | "unknown";
            };
            /** @description A summary written by the vendor. */
            summary?: string | null;
            /** @description In a few words, the same for each problem of a kind. */
            title?: string | null;
            /** @description The number of unread messages from the contact. */
            unreadCount?: number;
            /** @description When it was changed last. */
            updatedAt?: string | null;
            /** @description The vendor's name in lower case, as its adapter declares it. */
            vendor: string;
        };
        Deleted: {
            confirmed: boolean;
            /** @description The vendor's own id. Opaque: its format and length can vary. */
            id: string;
        };
        DeskConversation: {
            /** @description `vendor:account`. */
            account: string;
            /** @description `null`: nobody. Missing: the vendor does not say, and nobody was assigned here. */
            assignee?: {
                /** @enum {string} */
                place: "vendor" | "overlay";
                value: {
                    id: string;
                    name?: string | null;
                } | null;
            };
            /** @description The conversation as the vendor has it. */
            conversation: components["schemas"]["Conversation"];
            /** @description What a list shows of the newest message: the vendor's own, or if it does not say, that of the newest stored message that the contact can see. Where only its author is missing, that of the stored message. `null`: there is none. Missing: neither the vendor nor the store knows it. */
            lastMessage?: {
                at?: string | null;
                /** @enum {string} */
                author?: "contact" | "agent" | "operator" | "automation" | "system" | "unknown";
                channel?: {
                    native: string | number | boolean | null;
                    value: ("sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system") | "unknown";
                };
                text?: string | null;
            } | null;
            /** @description The sends in this conversation that have not ended, and those that a person has to look at (`failed`, `unknown`). */
            openSends: number;
            /** @description The global address: `vendor:account/kind/id`. */
            ref: string;
            /** @description Until when the conversation is snoozed. `null`: it is not. Always of the overlay. */
            snoozedUntil: string | null;
            /** @description The status that counts here. The overlay has one after a `close` or `reopen` that the vendor cannot keep or cannot show. A `close` of the overlay ends with the contact's next message, a `reopen` with the next change of the vendor's status. */
            status: {
                /** @enum {string} */
                place: "vendor" | "overlay";
                /** @enum {string} */
                value: "open" | "closed" | "archived" | "deleted" | "unknown";
            };
            /** @description The tags of the desk. The vendor's labels are in `conversation.labels`. Always of the overlay. */
            tags: string[];
            /** @description The number of unread messages from the contact. `null`: neither the vendor nor the store knows it. */
            unreadCount: {
                /** @enum {string} */
                place: "vendor" | "overlay";
                value: number | null;
            };
        };
        DeskFilter: {
            /** @description Only these accounts, as `vendor:account`. Default: all. */
            accounts?: string[];
            /** @description The vendor's ids of agents. */
            agentId?: string | string[];
            /** @description `me`: the person who asks, by their id at the desk or their operator id in the account. `null`: nobody. Otherwise the id of an operator or of a person of the desk. */
            assignee?: string | null | (string | null)[];
            /** @description That of the last message. */
            channel?: ("sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system") | ("sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system")[];
            /** @description The vendor's ids of contacts. */
            contactId?: string | string[];
            /** @description Who is in control. */
            control?: ("agent" | "operator" | "unknown") | ("agent" | "operator" | "unknown")[];
            /** @description Whether a send waits for a person: it failed, or its outcome is unknown. */
            hasOpenSends?: boolean;
            /** @description The vendor's star. */
            isStarred?: boolean;
            /** @description Text in titles, summaries, names, addresses and the newest message. */
            search?: string;
            /** @description An instant in ISO 8601 */
            since?: string;
            /** @description `false`, the default: only conversations that are not snoozed. `true`: only those that are. `any`: both. */
            snoozed?: boolean | "any";
            /** @description What counts here, of the overlay or of the vendor. */
            status?: ("open" | "closed") | ("open" | "closed")[];
            /** @description Tags of the desk. */
            tag?: string | string[];
            /**
             * @description What happens to a conversation of which it is not known whether it matches. Default `include`.
             * @enum {string}
             */
            unknown?: "include" | "exclude";
            /** @description Whether the contact has written something unread. */
            unread?: boolean;
            /** @description An instant in ISO 8601 */
            until?: string;
        };
        Feedback: {
            answer?: string | null;
            authorEmail?: string | null;
            authorName?: string | null;
            comment?: string | null;
            /** @description The rated conversation and message, where the vendor names them. */
            conversationId?: string | null;
            createdAt?: string | null;
            /** @description The vendor's own id. Opaque: its format and length can vary. */
            id: string | null;
            messageId?: string | null;
            question?: string | null;
            score?: number | null;
            /** @description Why the vendor asked for the rating, in its own words. */
            trigger?: string | null;
            vote?: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "up" | "down" | "unknown";
            };
        };
        FirstAnswers: {
            /** @description Those in which an agent answered first. */
            agent: number;
            /** @description The conversations that began. */
            conversations: number;
            /** @description In milliseconds. `null`: there is no answer. */
            median: number | null;
            /** @description Those in which an operator answered first. */
            operator: number;
            /** @description Nine of ten answers took at most this long, in milliseconds. */
            percentile90: number | null;
            /** @description Those that have no answer yet. */
            unanswered: number;
        };
        Generation: {
            /** @description The user's name for the account. An account is what one credential can access at the vendor. */
            account: string;
            actions: {
                details: components["schemas"]["JsonValue"];
                name: string | null;
            }[];
            agentId?: string | null;
            /** @description The part of the conversation that the model received, oldest first. */
            history: {
                author: {
                    avatarUrl?: string | null;
                    /** @enum {string} */
                    basis: "vendor" | "inferred";
                    email?: string | null;
                    id?: string | null;
                    /** @enum {string} */
                    kind: "contact" | "agent" | "operator" | "automation" | "system" | "unknown";
                    name?: string | null;
                    native?: string | null;
                };
                text: string | null;
            }[];
            /** @description The vendor's own id. Opaque: its format and length can vary. */
            id: string;
            /** @description The message that triggered the answer. */
            input?: string | null;
            /** @description The agent's goal. */
            intent?: string | null;
            messageId: string;
            mode?: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "autopilot" | "suggestive" | "off" | "unknown";
            };
            /** @description The complete prompt. It can contain customer data. */
            prompt: string | null;
            /** @description The global address: `vendor:account/kind/id`. */
            ref: string;
            /** @description The generated message. */
            response: {
                author: {
                    avatarUrl?: string | null;
                    /** @enum {string} */
                    basis: "vendor" | "inferred";
                    email?: string | null;
                    id?: string | null;
                    /** @enum {string} */
                    kind: "contact" | "agent" | "operator" | "automation" | "system" | "unknown";
                    name?: string | null;
                    native?: string | null;
                };
                text: string | null;
            };
            /** @description The knowledge that the model received: chunks of FAQs, pages and texts, in the vendor's order. */
            sources: components["schemas"]["Source"][];
            /** @description The vendor's name in lower case, as its adapter declares it. */
            vendor: string;
        };
        HandOffs: {
            /** @description From an operator to an agent. */
            toAgent: number | null;
            /** @description From an agent to an operator. */
            toOperator: number | null;
        };
        JsonObject: {
            [key: string]: components["schemas"]["JsonValue"];
        };
        JsonValue: JsonValue;
        Knowledge: {
            /** @description The user's name for the account. An account is what one credential can access at the vendor. */
            account: string;
            agentId?: string | null;
            answer?: string | null;
            createdAt?: string | null;
            fileName?: string | null;
            /** @description The vendor's own id. Opaque: its format and length can vary. */
            id: string;
            /** @description What it is. */
            kind: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "website" | "faq" | "file" | "text" | "rich-text" | "video" | "image" | "notion" | "unknown";
            };
            knowledgeBaseId?: string | null;
            question?: string | null;
            /** @description The global address: `vendor:account/kind/id`. */
            ref: string;
            size?: number | null;
            /** @description The status of the answer. */
            status?: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "ready" | "processing" | "failed" | "unknown";
            };
            /** @description The text. */
            text?: string | null;
            /** @description In a few words, the same for each problem of a kind. */
            title?: string | null;
            /** @description When it was changed last. */
            updatedAt?: string | null;
            url?: string | null;
            /** @description The vendor's name in lower case, as its adapter declares it. */
            vendor: string;
        };
        LinkSuggestion: {
            confidence: number;
            /** @description The contact. */
            contact: components["schemas"]["Contact"];
            /** @enum {string} */
            reason: "email" | "phone" | "externalId";
        };
        Message: {
            /** @description The user's name for the account. An account is what one credential can access at the vendor. */
            account: string;
            /** @description The files. */
            attachments?: components["schemas"]["Attachment"][];
            author: {
                avatarUrl?: string | null;
                /** @enum {string} */
                basis: "vendor" | "inferred";
                email?: string | null;
                id?: string | null;
                /** @enum {string} */
                kind: "contact" | "agent" | "operator" | "automation" | "system" | "unknown";
                name?: string | null;
                native?: string | null;
            };
            call?: {
                duration?: number | null;
                status?: {
                    native: string | number | boolean | null;
                    /** @enum {string} */
                    value: "pending" | "completed" | "answered" | "busy" | "no-answer" | "failed" | "canceled" | "voicemail" | "unknown";
                };
            };
            /** @description The channel it takes. */
            channel?: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system" | "unknown";
            };
            /** @description The vendor's id of the conversation's contact, also for messages by others. Missing where messages do not name it. */
            contactId?: string | null;
            /** @description The vendor's id of the conversation. */
            conversationId: string;
            /** @description Missing where the vendor gives messages no time. Their order in the list is then the vendor's own. */
            createdAt?: string | null;
            /** @enum {string} */
            direction: "inbound" | "outbound" | "internal" | "unknown";
            email?: {
                bcc?: string[];
                cc?: string[];
                from?: string | null;
                ids?: string[];
                subject?: string | null;
                threadId?: string | null;
                to?: string[];
            };
            /** @description The application's own id for this message. */
            externalId?: string | null;
            /** @description The vendor's reason why the message was not delivered. */
            failure?: string | null;
            feedback?: components["schemas"]["Feedback"][];
            /** @description The HTML body, where there is one: when the vendor marks the body as HTML, or the body of an email is HTML. Other people wrote it: sanitize it before you show it. */
            html?: string | null;
            /** @description The vendor's own id. Opaque: its format and length can vary. */
            id: string;
            /** @description The id of the message that this one answers. */
            inReplyTo?: string | null;
            isAnonymized?: boolean;
            /** @description Summaries of the model's reasoning. Possibly sensitive. */
            reasoning?: string[];
            /** @description The global address: `vendor:account/kind/id`. */
            ref: string;
            /** @description The sources of the answer, when they come with the message. See `sourcesState`. */
            sources?: components["schemas"]["Source"][];
            /** @enum {string} */
            sourcesState: "inline" | "fetchable" | "unavailable";
            /** @description The status of the answer. */
            status?: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "scheduled" | "pending" | "sent" | "delivered" | "read" | "clicked" | "failed" | "opted-out" | "answered" | "unknown";
            };
            /** @description The message as plain text or Markdown. For HTML, it has the words in the lines that a browser shows, and links without their addresses. `null`: the message has no text (a call, an image). Missing: read it with `messages.get`. */
            text?: string | null;
            /** @description The kind of problem, as a URN. */
            type: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "text" | "email" | "image" | "audio" | "call" | "note" | "activity" | "form" | "review" | "tool" | "unknown";
            };
            /** @description When it was changed last. */
            updatedAt?: string | null;
            /** @description The vendor's name in lower case, as its adapter declares it. */
            vendor: string;
        };
        Operator: {
            /** @description The user's name for the account. An account is what one credential can access at the vendor. */
            account: string;
            avatarUrl?: string | null;
            email?: string | null;
            /** @description The vendor's own id. Opaque: its format and length can vary. */
            id: string;
            name?: string | null;
            phone?: string | null;
            /** @description The global address: `vendor:account/kind/id`. */
            ref: string;
            /** @description The teammate's role in the vendor's own words, such as `admin`. */
            role?: string | null;
            /** @description The vendor's name in lower case, as its adapter declares it. */
            vendor: string;
        };
        Problem: {
            /** @description The code of the library’s errors. */
            code: string;
            /** @description What failed, why, and what to do. It has no texts of customers. */
            detail: string;
            /** @description What is wrong in the request, by the path of each field. */
            fields?: ({
                path: string;
                problem?: string;
            } & {
                [key: string]: unknown;
            })[];
            /** @description The messages that are newer than the one that was expected. Nothing was sent. */
            newer?: components["schemas"]["Message"][];
            /**
             * @description What became of a change. Only after `not-done` it is safe to send the request again.
             * @enum {string}
             */
            outcome?: "not-done" | "partly-done" | "unknown";
            /** @description Whether the same request may succeed later. */
            retryable?: boolean;
            /** @description When to try again, in milliseconds from now. */
            retryAfterMs?: number;
            /** @description The sends that were not expected, and may be on their way. */
            sends?: components["schemas"]["Send"][];
            /** @description The status of the answer. */
            status: number;
            /** @description In a few words, the same for each problem of a kind. */
            title: string;
            /** @description The kind of problem, as a URN. */
            type: string;
        } & {
            [key: string]: unknown;
        };
        Quality: {
            /** @description Most answers first. */
            agents: components["schemas"]["AgentAnswers"][];
            /** @description What is known of each account. */
            coverage: components["schemas"]["QualityCoverage"][];
            /** @description Since when the changes of control are kept (`keepChanges` of `createSync`). `null`: there are none yet. */
            handOffsSince: string | null;
            /** @description In order, also those in which nothing happened. */
            periods: components["schemas"]["QualityPeriod"][];
            /** @description ISO 8601 */
            since: string;
            /** @description In which the periods begin. */
            timeZone: string;
            /** @description Of the whole time. */
            total: components["schemas"]["QualityCounts"];
            /**
             * @description How long a period is.
             * @enum {string}
             */
            unit: "day" | "week" | "month";
            /** @description ISO 8601 */
            until: string;
        };
        QualityCounts: {
            /** @description Messages to contacts, by who wrote them as far as the vendor says (`author.kind`). `automation`: workflows and campaigns, also what was sent over the API of a vendor that does not say for whom. `unknown`: the vendor does not say. The share of the AI is `agent / (agent + operator)`. */
            answers: {
                agent: number;
                automation: number;
                operator: number;
                unknown: number;
            };
            /** @description Of the conversations that began in the period. */
            firstAnswers: components["schemas"]["FirstAnswers"];
            /** @description Changes of control. */
            handOffs: components["schemas"]["HandOffs"];
            /** @description Ratings that were given in the period: thumbs, and under `other` those without one, such as a score. */
            ratings: {
                down: number;
                other: number;
                up: number;
            };
            /** @description The answers of agents: those that cite a source, those that certainly cite none, and those of which it is not known, because the message does not come with its sources. */
            sources: {
                cited: number;
                uncited: number;
                unknown: number;
            };
        };
        QualityCoverage: {
            /** @description The user's name for the account. An account is what one credential can access at the vendor. */
            account: string;
            asOf: string | null;
            /** @description Whether the vendor says of any stored conversation who is in control. Without it, there are no hand-offs to count. */
            hasControl: boolean;
            isComplete: boolean;
            since: string | null;
            /** @description The messages to contacts to which the vendor gives no time. They are in no period. */
            untimed: number;
        };
        QualityPeriod: {
            /** @description What was counted in it. */
            counts: components["schemas"]["QualityCounts"];
            /** @description The day of `start` in the time zone, such as `2026-03-01`. */
            date: string;
            /** @description ISO 8601 */
            start: string;
        };
        SavedReply: {
            /** @description The person or program that did it. */
            by: {
                id: string;
                name?: string;
            };
            /** @description The vendor's own id. Opaque: its format and length can vary. */
            id: string;
            /** @description What is typed to find it. */
            shortcut?: string;
            /** @description The text. */
            text: string;
            /** @description In a few words, the same for each problem of a kind. */
            title: string;
            /** @description ISO 8601 */
            updatedAt: string;
        };
        SavedView: {
            /** @description The person or program that did it. */
            by: {
                id: string;
                name?: string;
            };
            filter: components["schemas"]["DeskFilter"];
            /** @description The vendor's own id. Opaque: its format and length can vary. */
            id: string;
            /** @description `false`: only its author sees it. */
            isShared: boolean;
            name: string;
            /** @description ISO 8601 */
            updatedAt: string;
        };
        SearchHit: {
            /** @description `null`: the store does not have it yet. */
            conversation: components["schemas"]["Conversation"] | null;
            /** @description Where the words that were found are in `snippet`: from character `start` up to, but without, `end`. */
            marks: {
                end: number;
                start: number;
            }[];
            /** @description The message. */
            message: components["schemas"]["Message"];
            /** @description The part of the message's text around the first word that was found, as plain text of at most 200 characters. */
            snippet: string;
        };
        Send: {
            /** @description `vendor:account`. */
            account: string;
            /** @description The files. */
            attachments: {
                contentType: string | null;
                fileName: string | null;
                size: number | null;
            }[];
            /** @description The person or program that did it. */
            by: {
                id: string;
                name?: string;
            };
            /**
             * @description The channel it takes.
             * @enum {string}
             */
            channel?: "sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system";
            /** @description The conversation. */
            conversation: string;
            /** @description When a person dismissed it. */
            dismissedAt: string | null;
            /** @description When it ended. `null`: it has not. */
            endedAt: string | null;
            /** @description Why it failed, or why its outcome is unknown. Without secrets and customer text. */
            error?: {
                code: string;
                message: string;
            };
            /** @description The same as HTML. */
            html?: string;
            /** @description The vendor's own id. Opaque: its format and length can vary. */
            id: string;
            /** @description The idempotency key that the caller gave. */
            key?: string;
            /**
             * @description What it is.
             * @enum {string}
             */
            kind: "reply" | "note";
            /** @description The ref of the message, once it is known. */
            message: string | null;
            /** @description The vendor's id of the operator in whose name it is sent. */
            operatorId?: string;
            /**
             * @description A note of the overlay stays here only, and has the state `sent`.
             * @enum {string}
             */
            place: "vendor" | "overlay";
            /** @description ISO 8601 */
            recordedAt: string;
            /** @description The send that tries this one again. */
            retriedBy: string | null;
            /** @description The send that this one tries again. */
            retryOf: string | null;
            /** @description The stored message that most likely is this send, while `message` is not known yet: show only one of the two. `null`: none. */
            shownBy: string | null;
            /**
             * @description How far it is.
             * @enum {string}
             */
            state: "recorded" | "claimed" | "sent" | "failed" | "unknown";
            /** @description The subject of an email. */
            subject?: string;
            /** @description The text. */
            text: string;
            /** @description What was lost or had to be done in another way. */
            warnings: components["schemas"]["Warning"][];
        };
        Source: {
            /** @description The user's name for the account. An account is what one credential can access at the vendor. */
            account: string;
            fileId?: string | null;
            fileName?: string | null;
            /** @description The vendor's own id. Opaque: its format and length can vary. */
            id: string;
            /** @description What it is. */
            kind: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "website" | "faq" | "file" | "text" | "rich-text" | "video" | "image" | "notion" | "unknown";
            };
            /** @description The global address: `vendor:account/kind/id`. */
            ref: string;
            score?: {
                higherIsBetter: boolean | null;
                /** @enum {string} */
                metric: "distance" | "similarity" | "unknown";
                value: number;
            };
            /** @description The passage that the answer used. */
            text?: string | null;
            /** @description In a few words, the same for each problem of a kind. */
            title?: string | null;
            url?: string | null;
            /** @description The vendor's name in lower case, as its adapter declares it. */
            vendor: string;
        };
        Suggestion: {
            /** @description The user's name for the account. An account is what one credential can access at the vendor. */
            account: string;
            agentId?: string | null;
            answer?: string | null;
            conversationId?: string | null;
            createdAt?: string | null;
            gap?: string | null;
            /** @description The vendor's own id. Opaque: its format and length can vary. */
            id: string;
            improvement?: string | null;
            /** @description The id of the answer. */
            messageId?: string | null;
            question?: string | null;
            /** @description The vendor's word for the problem. */
            reason?: string | null;
            /** @description The global address: `vendor:account/kind/id`. */
            ref: string;
            /** @description The vendor's name in lower case, as its adapter declares it. */
            vendor: string;
        };
        Warning: {
            /** @description The user's name for the account. An account is what one credential can access at the vendor. */
            account: string;
            /**
             * @description The code of the library’s errors.
             * @enum {string}
             */
            code: "unknown-term" | "unreadable-field" | "bad-item" | "local-filter" | "ignored-option" | "no-streaming" | "degraded";
            /** @description A sentence without customer text. */
            message: string;
            /** @description `group.verb`. */
            operation: string;
            /** @description The path in the vendor's payload: `messages[3].status`. */
            path?: string;
            /** @description The vendor's name in lower case, as its adapter declares it. */
            vendor: string;
        };
        Webhook: {
            /** @description The user's name for the account. An account is what one credential can access at the vendor. */
            account: string;
            agentId?: string | null;
            createdAt?: string | null;
            description?: string | null;
            /** @description The vendor's own id. Opaque: its format and length can vary. */
            id: string;
            isActive?: boolean;
            /** @description The global address: `vendor:account/kind/id`. */
            ref: string;
            /** @description In a few words, the same for each problem of a kind. */
            title: string | null;
            trigger: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "message.created" | "conversation.created" | "conversation.ended" | "conversation.archived" | "chat.unavailable" | "manual" | "unknown";
            };
            /** @description When it was changed last. */
            updatedAt?: string | null;
            url: string;
            /** @description The vendor's name in lower case, as its adapter declares it. */
            vendor: string;
        };
        WorkingHours: {
            agentId: string;
            /** @description The vendor's other settings, such as whom it notifies. */
            attributes?: components["schemas"]["JsonObject"];
            /** @description The automatic reply to contacts who write outside the hours. `null`: none. */
            autoReply?: string | null;
            channels: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system" | "unknown";
            }[];
            /** @description A conversation that began within the hours continues until it has been idle this long. `null`: it ends with the hours. */
            continuesForMs?: number | null;
            enabled: boolean;
            /** @description The message that is sent when the hours begin again. `null`: none. */
            followUp?: string | null;
            /** @description The vendor's payload, unchanged but without its secrets, typed by the adapter. Only with the option `raw: true` of the adapter or the operation. `serialize` omits it. */
            raw?: unknown;
            /** @description Per day of the week. A missing day is closed. */
            schedule: {
                /** @enum {string} */
                day: "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";
                intervals: {
                    from: string;
                    to: string;
                }[];
            }[];
            timezone: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "contact" | "business" | "unknown";
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "health.live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It works. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    "health.ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It works. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description The database does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "signIn.show": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The secret of the link. */
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page with a button. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    "signIn.use": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The secret of the link. */
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed in. The cookie is set. The address is that of the page, or else `/v1/session`. */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The link was used before or has expired, or the request comes from another site. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Too many attempts with links that do not exist. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "accounts.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        isSyncing: boolean;
                        items: {
                            account: string;
                            error?: {
                                action: string;
                                at: string;
                                code: string;
                                message: string;
                            };
                            missing: number;
                            oldestVerified: string | null;
                            /** @description The operations that the vendor has. Commands of the desk that are not among them are kept here, or refused */
                            operations: ("agents.list" | "agents.get" | "agents.create" | "agents.update" | "agents.delete" | "agents.actions.list" | "agents.actions.get" | "agents.actions.attach" | "agents.actions.update" | "agents.actions.remove" | "agents.followUp.update" | "agents.workingHours.get" | "agents.workingHours.set" | "agents.workingHours.clear" | "conversations.list" | "conversations.get" | "conversations.create" | "conversations.start" | "conversations.update" | "conversations.assign" | "conversations.close" | "conversations.delete" | "conversations.deleteForContact" | "messages.list" | "messages.get" | "messages.ask" | "messages.reply" | "messages.note" | "messages.stream" | "messages.provideInput" | "messages.export" | "messages.cancel" | "messages.setStatus" | "messages.reconcile" | "sources.list" | "contacts.list" | "contacts.search" | "contacts.get" | "contacts.create" | "contacts.upsert" | "contacts.delete" | "contacts.ensure" | "operators.list" | "control.get" | "control.takeOver" | "control.release" | "generations.get" | "attachments.upload" | "attachments.url" | "attachments.read" | "knowledge.list" | "knowledge.add" | "knowledge.remove" | "feedback.list" | "feedback.give" | "feedback.suggestions" | "feedback.dismiss" | "webhooks.create")[];
                            pausedUntil?: string;
                            postponed: number;
                            quarantined: number;
                            records: {
                                agents: number;
                                contacts: number;
                                conversations: number;
                                messages: number;
                            };
                            /** @enum {string} */
                            state: "active" | "paused" | "stopped";
                            streams: {
                                counts: {
                                    added: number;
                                    deleted: number;
                                    quarantined: number;
                                    unchanged: number;
                                    updated: number;
                                };
                                error?: {
                                    action: string;
                                    at: string;
                                    code: string;
                                    message: string;
                                };
                                finishedAt: string | null;
                                lag: number | null;
                                left?: number;
                                nextAt: string | null;
                                perSecond?: number;
                                startedAt: string | null;
                                /** @enum {string} */
                                state: "idle" | "running" | "waiting" | "stalled" | "stopped" | "unsupported";
                                /** @enum {string} */
                                stream: "live" | "conversations" | "messages" | "contacts" | "agents" | "sweep";
                            }[];
                            /** @description In milliseconds. `null`: old conversations are not read again */
                            sweepPeriod: number | null;
                            /** @description The longest texts that the vendor takes, in characters, by field. Others are not documented */
                            textLimits: {
                                [key: string]: number;
                            };
                            /** @description The name of the vendor, as in refs */
                            vendor: string;
                        }[];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "accounts.acceptDeletions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An account, `vendor:account`. */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "agents.create": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An account, `vendor:account`. */
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    businessName?: string;
                    channels?: ("sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system")[];
                    description?: string;
                    displayName?: string;
                    goal?: string;
                    instructions?: string;
                    isDefault?: boolean;
                    knowledgeBaseIds?: string[];
                    liveChatEnabled?: boolean;
                    maxMessages?: number;
                    /** @enum {string} */
                    mode?: "autopilot" | "suggestive" | "off";
                    model?: string;
                    name: string;
                    pause?: {
                        durationMs?: number | null;
                        onAutomationMessage?: boolean;
                        onOperatorMessage?: boolean;
                    };
                    personality?: string;
                    prompt?: string;
                    replyDelayMs?: number;
                    /** @enum {string} */
                    status?: "active" | "inactive" | "draft";
                    tags?: string[];
                    vendor?: {
                        [key: string]: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "contacts.upsert": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An account, `vendor:account`. */
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    country?: string;
                    customFields?: {
                        [key: string]: unknown;
                    };
                    email?: string;
                    externalId?: string;
                    firstName?: string;
                    id?: string;
                    lastName?: string;
                    name?: string;
                    phone?: string;
                    tags?: string[];
                    vendor?: {
                        [key: string]: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "contacts.create": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An account, `vendor:account`. */
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    country?: string;
                    customFields?: {
                        [key: string]: unknown;
                    };
                    email?: string;
                    externalId?: string;
                    firstName?: string;
                    lastName?: string;
                    name?: string;
                    phone?: string;
                    tags?: string[];
                    vendor?: {
                        [key: string]: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "contacts.ensure": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An account, `vendor:account`. */
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    customFields?: {
                        [key: string]: unknown;
                    };
                    email?: string;
                    externalId?: string;
                    firstName?: string;
                    lastName?: string;
                    name?: string;
                    phone?: string;
                    verified?: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contact: components["schemas"]["Contact"];
                        isNew?: boolean;
                        warnings: unknown[];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "feedback.list": {
        parameters: {
            query?: {
                /** @description The `next` of the page before. It continues only the same list. */
                cursor?: string;
                /** @description How many items the page has at most. */
                limit?: number;
                /** @description From this instant on, in ISO 8601. */
                since?: string;
                /** @description Up to this instant, in ISO 8601. */
                until?: string;
            };
            header?: never;
            path: {
                /** @description An account, `vendor:account`. */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Feedback"][];
                        next: string | null;
                        total?: number;
                        unapplied?: string[];
                        warnings: components["schemas"]["Warning"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "knowledge.add": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An account, `vendor:account`. */
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    kind: "website";
                    knowledgeBaseId?: string;
                    /** @enum {string} */
                    scope?: "page" | "path" | "site";
                    /** Format: uri */
                    url: string;
                    vendor?: {
                        [key: string]: {
                            [key: string]: unknown;
                        };
                    };
                } | {
                    /** @constant */
                    kind: "text";
                    knowledgeBaseId?: string;
                    text: string;
                    title: string;
                    vendor?: {
                        [key: string]: {
                            [key: string]: unknown;
                        };
                    };
                } | {
                    answer: string;
                    /** @constant */
                    kind: "faq";
                    knowledgeBaseId?: string;
                    question: string;
                    vendor?: {
                        [key: string]: {
                            [key: string]: unknown;
                        };
                    };
                } | {
                    /** Format: base64 */
                    content?: string;
                    contentType?: string;
                    fileName?: string;
                    /** @constant */
                    kind: "file";
                    knowledgeBaseId?: string;
                    text?: string;
                    title?: string;
                    vendor?: {
                        [key: string]: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Knowledge"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "messages.export": {
        parameters: {
            query?: {
                /** @description In the audit, the id of a person. In an export, the time that `since` and `until` are about. */
                by?: "createdAt" | "updatedAt";
                /** @description The vendor’s id of a contact. */
                contactId?: string;
                /** @description The vendor’s id of a conversation. */
                conversationId?: string;
                /** @description The `next` of the page before. It continues only the same list. */
                cursor?: string;
                /** @description How many items the page has at most. */
                limit?: number;
                /** @description By time: `asc` or `desc`. */
                order?: "asc" | "desc";
                /** @description From this instant on, in ISO 8601. */
                since?: string;
                /** @description Up to this instant, in ISO 8601. */
                until?: string;
            };
            header?: never;
            path: {
                /** @description An account, `vendor:account`. */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Message"][];
                        next: string | null;
                        total?: number;
                        unapplied?: string[];
                        warnings: components["schemas"]["Warning"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "accounts.reset": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An account, `vendor:account`. */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "accounts.resume": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An account, `vendor:account`. */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "webhooks.create": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An account, `vendor:account`. */
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    description?: string;
                    headers?: {
                        [key: string]: string;
                    };
                    title: string;
                    /** @enum {string} */
                    trigger: "message.created" | "conversation.created" | "conversation.ended" | "conversation.archived" | "chat.unavailable" | "manual";
                    /** Format: uri */
                    url: string;
                    vendor?: {
                        [key: string]: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "agents.list": {
        parameters: {
            query?: {
                /** @description Only these accounts, `vendor:account`. Default: all that the caller sees. */
                accounts?: string[];
                /** @description The `next` of the page before. It continues only the same list. */
                cursor?: string;
                /** @description How many items the page has at most. */
                limit?: number;
                /** @description Only what has these words. */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: components["schemas"]["AccountState"][];
                        items: components["schemas"]["Agent"][];
                        next: string | null;
                        total?: number;
                        unapplied?: string[];
                        warnings: components["schemas"]["Warning"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "agents.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of an agent. */
                agent: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "agents.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of an agent. */
                agent: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "agents.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of an agent. */
                agent: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    businessName?: string;
                    channels?: ("sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system")[];
                    description?: string;
                    displayName?: string;
                    goal?: string;
                    instructions?: string;
                    isDefault?: boolean;
                    knowledgeBaseIds?: string[];
                    liveChatEnabled?: boolean;
                    maxMessages?: number;
                    /** @enum {string} */
                    mode?: "autopilot" | "suggestive" | "off";
                    model?: string;
                    name?: string;
                    pause?: {
                        durationMs?: number | null;
                        onAutomationMessage?: boolean;
                        onOperatorMessage?: boolean;
                    };
                    personality?: string;
                    prompt?: string;
                    replyDelayMs?: number;
                    /** @enum {string} */
                    status?: "active" | "inactive" | "draft";
                    tags?: string[];
                    vendor?: {
                        [key: string]: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "agents.actions.list": {
        parameters: {
            query?: {
                /** @description The `next` of the page before. It continues only the same list. */
                cursor?: string;
                /** @description How many items the page has at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The ref of an agent. */
                agent: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Action"][];
                        next: string | null;
                        total?: number;
                        unapplied?: string[];
                        warnings: components["schemas"]["Warning"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "agents.actions.attach": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of an agent. */
                agent: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    enabled?: boolean;
                    kind: string;
                    name: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Action"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "agents.actions.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Only entries of this command or operation. */
                action: string;
                /** @description The ref of an agent. */
                agent: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Action"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "agents.actions.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Only entries of this command or operation. */
                action: string;
                /** @description The ref of an agent. */
                agent: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "agents.actions.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Only entries of this command or operation. */
                action: string;
                /** @description The ref of an agent. */
                agent: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    enabled?: boolean;
                    name?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Action"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "agents.followUp.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of an agent. */
                agent: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    actionIds: string[];
                    hours?: {
                        day: number;
                        intervals: {
                            from: string;
                            to: string;
                        }[];
                    }[];
                    switchesChannel: boolean;
                    /** @enum {string} */
                    timezone?: "contact" | "business";
                    withinHours?: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Action"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "agents.workingHours.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of an agent. */
                agent: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkingHours"] | null;
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "agents.workingHours.set": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of an agent. */
                agent: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    attributes?: {
                        [key: string]: unknown;
                    };
                    autoReply?: string | null;
                    channels: ("sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system")[];
                    continuesForMs?: number | null;
                    enabled: boolean;
                    followUp?: string | null;
                    schedule: {
                        /** @enum {string} */
                        day: "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";
                        intervals: {
                            from: string;
                            to: string;
                        }[];
                    }[];
                    /** @enum {string} */
                    timezone: "contact" | "business";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkingHours"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "agents.workingHours.clear": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of an agent. */
                agent: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "audit.list": {
        parameters: {
            query?: {
                /** @description Only these accounts, `vendor:account`. Default: all that the caller sees. */
                accounts?: string[];
                /** @description Only entries of this command or operation. */
                action?: string;
                /** @description In the audit, the id of a person. In an export, the time that `since` and `until` are about. */
                by?: string;
                /** @description The `next` of the page before. It continues only the same list. */
                cursor?: string;
                /** @description How many items the page has at most. */
                limit?: number;
                /** @description From this instant on, in ISO 8601. */
                since?: string;
                /** @description Only entries about this ref, or this name of what was written. */
                target?: string;
                /** @description Up to this instant, in ISO 8601. */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEntry"][];
                        next: string | null;
                        total?: number;
                        unapplied?: string[];
                        warnings: components["schemas"]["Warning"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changes: {
        parameters: {
            query?: {
                /** @description Only these accounts, `vendor:account`. Default: all that the caller sees. */
                accounts?: string[];
                /** @description The `next` of the changes that were read last, or `now`. Default: all changes that are kept. */
                after?: string;
                /** @description How many items the page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Change"][];
                        next: string;
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "contacts.list": {
        parameters: {
            query?: {
                /** @description Only these accounts, `vendor:account`. Default: all that the caller sees. */
                accounts?: string[];
                /** @description The `next` of the page before. It continues only the same list. */
                cursor?: string;
                /** @description How many items the page has at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: components["schemas"]["AccountState"][];
                        items: components["schemas"]["Contact"][];
                        next: string | null;
                        total?: number;
                        unapplied?: string[];
                        warnings: components["schemas"]["Warning"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "contacts.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a contact. */
                contact: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "contacts.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a contact. */
                contact: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "conversations.create": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a contact. */
                contact: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    agentId?: string;
                    /** @enum {string} */
                    channel?: "sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system";
                    context?: string;
                    customFields?: {
                        [key: string]: unknown;
                    };
                    stateId?: string;
                    title?: string;
                    vendor?: {
                        [key: string]: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "conversations.deleteForContact": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a contact. */
                contact: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "contacts.erase": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a contact. */
                contact: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        conversations: number;
                        messages: number;
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "contacts.exportPerson": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a contact. */
                contact: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A JSON object in each line. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "links.suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a contact. */
                contact: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["LinkSuggestion"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "links.contacts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a contact. */
                contact: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: string[];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "links.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a contact. */
                contact: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ContactLink"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "links.create": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a contact. */
                contact: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    contact: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactLink"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "links.undo": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a contact. */
                contact: string;
                /** @description The id of a link. */
                link: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactLink"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "contacts.search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    accounts?: string[];
                    /** @description The `next` of the previous page */
                    cursor?: string;
                    email?: string;
                    externalId?: string;
                    limit?: number;
                    phone?: string;
                    text?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: components["schemas"]["AccountState"][];
                        items: components["schemas"]["Contact"][];
                        next: string | null;
                        total?: number;
                        unapplied?: string[];
                        warnings: components["schemas"]["Warning"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "conversations.list": {
        parameters: {
            query?: {
                /** @description Only these accounts, `vendor:account`. Default: all that the caller sees. */
                accounts?: string[];
                /** @description The vendor's ids of agents. */
                agentId?: string[];
                /** @description `me`, `none` for nobody, or an id of a person or an operator. */
                assignee?: string[];
                /** @description That of the last message. */
                channel?: ("sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system")[];
                /** @description The vendor’s id of a contact. */
                contactId?: string[];
                /** @description Who is in control. */
                control?: ("agent" | "operator" | "unknown")[];
                /** @description The `next` of the page before. It continues only the same list. */
                cursor?: string;
                /** @description Whether a send waits for a person: it failed, or its outcome is unknown. */
                hasOpenSends?: boolean;
                /** @description The vendor's star. */
                isStarred?: boolean;
                /** @description How many items the page has at most. */
                limit?: number;
                /** @description Only what has these words. */
                search?: string;
                /** @description From this instant on, in ISO 8601. */
                since?: string;
                /** @description `false`, the default: only conversations that are not snoozed. `true`: only those that are. `any`: both. */
                snoozed?: "true" | "false" | "any";
                /** @description What counts here, of the overlay or of the vendor. */
                status?: ("open" | "closed")[];
                /** @description Tags of the desk. */
                tag?: string[];
                /** @description What happens to a conversation of which it is not known whether it matches. Default `include`. */
                unknown?: "include" | "exclude";
                /** @description Whether the contact has written something unread. */
                unread?: boolean;
                /** @description Up to this instant, in ISO 8601. */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: components["schemas"]["AccountState"][];
                        items: components["schemas"]["DeskConversation"][];
                        next: string | null;
                        total?: number;
                        unapplied?: string[];
                        warnings: components["schemas"]["Warning"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "conversations.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a conversation. */
                conversation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeskConversation"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "conversations.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a conversation. */
                conversation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "conversations.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a conversation. */
                conversation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    context?: string;
                    isStarred?: boolean;
                    stateId?: string;
                    title?: string;
                    vendor?: {
                        [key: string]: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a conversation. */
                conversation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    to: "me" | null | {
                        name?: string;
                        operatorId: string;
                    } | {
                        person: {
                            id: string;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandResult"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "attachments.upload": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a conversation. */
                conversation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: base64 */
                    content: string;
                    contentType?: string;
                    fileName: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        uploadId?: string;
                        url?: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    close: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a conversation. */
                conversation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandResult"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "control.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a conversation. */
                conversation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        basis: string;
                        holder: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "messages.provideInput": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a conversation. */
                conversation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    operatorId?: string;
                    requestId?: string;
                    value: unknown;
                    vendor?: {
                        [key: string]: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        outcome: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "messages.list": {
        parameters: {
            query?: {
                /** @description The `next` of the page before. It continues only the same list. */
                cursor?: string;
                /** @description How many items the page has at most. */
                limit?: number;
                /** @description By time: `asc` or `desc`. */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                /** @description The ref of a conversation. */
                conversation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Message"][];
                        next: string | null;
                        total?: number;
                        unapplied?: string[];
                        warnings: components["schemas"]["Warning"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    note: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes repeating the request safe: a second one with the same key returns the first send. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ref of a conversation. */
                conversation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The newest message that the person has seen, or the id of a send. If there is a newer one, nothing is sent */
                    expectLastMessage?: string | null;
                    mentions?: string[];
                    text: string;
                    vendor?: {
                        [key: string]: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Send"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    markRead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a conversation. */
                conversation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandResult"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    release: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a conversation. */
                conversation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandResult"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reopen: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a conversation. */
                conversation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandResult"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reply: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes repeating the request safe: a second one with the same key returns the first send. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ref of a conversation. */
                conversation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    attachments?: {
                        /** Format: base64 */
                        content?: string;
                        contentType?: string;
                        fileName?: string;
                        uploadId?: string;
                        /** Format: uri */
                        url?: string;
                    }[];
                    /** @enum {string} */
                    channel?: "sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system";
                    /** @description The newest message that the person has seen, or the id of a send. If there is a newer one, nothing is sent */
                    expectLastMessage?: string | null;
                    html?: string;
                    inReplyTo?: string;
                    subject?: string;
                    /** @constant */
                    takeOver?: "if-needed";
                    text: string;
                    vendor?: {
                        [key: string]: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Send"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sends.ofConversation": {
        parameters: {
            query?: {
                /** @description The `next` of the page before. It continues only the same list. */
                cursor?: string;
                /** @description Only this kind. */
                kind?: "reply" | "note";
                /** @description How many items the page has at most. */
                limit?: number;
                /** @description `vendor`: what was sent. `overlay`: the notes that are kept here only. */
                place?: "vendor" | "overlay";
                /** @description Only sends with one of these states. */
                state?: ("recorded" | "claimed" | "sent" | "failed" | "unknown")[];
            };
            header?: never;
            path: {
                /** @description The ref of a conversation. */
                conversation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Send"][];
                        next: string | null;
                        total?: number;
                        unapplied?: string[];
                        warnings: components["schemas"]["Warning"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    snooze: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a conversation. */
                conversation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    until: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandResult"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a conversation. */
                conversation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    add?: string[];
                    remove?: string[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandResult"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    takeOver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a conversation. */
                conversation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandResult"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    events: {
        parameters: {
            query?: {
                /** @description Only these accounts, `vendor:account`. Default: all that the caller sees. */
                accounts?: string[];
            };
            header?: {
                /** @description The id of the last event that was received. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events. `ready`: from here on. `changes`: an array of `Change`. `reset`: changes were missed, read the lists again. The id of each is a cursor. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    history: {
        parameters: {
            query?: {
                /** @description The `next` of the page before. It continues only the same list. */
                cursor?: string;
                /** @description How many items the page has at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The ref of a conversation, a message, a contact or an agent. */
                record: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Change"][];
                        next: string | null;
                        total?: number;
                        unapplied?: string[];
                        warnings: components["schemas"]["Warning"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "knowledge.list": {
        parameters: {
            query?: {
                /** @description Only these accounts, `vendor:account`. Default: all that the caller sees. */
                accounts?: string[];
                /** @description The `next` of the page before. It continues only the same list. */
                cursor?: string;
                /** @description Only this kind. */
                kind?: "website" | "faq" | "file" | "text" | "rich-text" | "video" | "image" | "notion";
                /** @description The vendor’s id of a knowledge base. */
                knowledgeBaseId?: string;
                /** @description How many items the page has at most. */
                limit?: number;
                /** @description Only what has these words. */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: components["schemas"]["AccountState"][];
                        items: components["schemas"]["Knowledge"][];
                        next: string | null;
                        total?: number;
                        unapplied?: string[];
                        warnings: components["schemas"]["Warning"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "knowledge.remove": {
        parameters: {
            query?: {
                /** @description Only this kind. */
                kind?: "website" | "faq" | "file" | "text" | "rich-text" | "video" | "image" | "notion";
                /** @description The vendor’s id of a knowledge base. */
                knowledgeBaseId?: string;
            };
            header?: never;
            path: {
                /** @description The ref of a source of knowledge. */
                knowledge: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "messages.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a message. */
                message: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "messages.cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a message. */
                message: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "attachments.read": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of an attachment. */
                attachment: string;
                /** @description The ref of a message. */
                message: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "attachments.url": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of an attachment. */
                attachment: string;
                /** @description The ref of a message. */
                message: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        expiresAt?: string;
                        url: string;
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "feedback.give": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a message. */
                message: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    answer?: string;
                    authorId?: string;
                    comment?: string;
                    question?: string;
                    vendor?: {
                        [key: string]: {
                            [key: string]: unknown;
                        };
                    };
                    /** @enum {string} */
                    vote: "up" | "down";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feedback"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "generations.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a message. */
                message: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Generation"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sources.list": {
        parameters: {
            query?: {
                /** @description The `next` of the page before. It continues only the same list. */
                cursor?: string;
                /** @description How many items the page has at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The ref of a message. */
                message: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Source"][];
                        next: string | null;
                        total?: number;
                        unapplied?: string[];
                        warnings: components["schemas"]["Warning"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "messages.setStatus": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a message. */
                message: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    failure?: {
                        code?: string;
                        message: string;
                        type?: string;
                    };
                    /** @enum {string} */
                    status: "pending" | "delivered" | "read" | "failed";
                    vendor?: {
                        [key: string]: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "operators.list": {
        parameters: {
            query?: {
                /** @description Only these accounts, `vendor:account`. Default: all that the caller sees. */
                accounts?: string[];
                /** @description The `next` of the page before. It continues only the same list. */
                cursor?: string;
                /** @description How many items the page has at most. */
                limit?: number;
                /** @description Only what has these words. */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: components["schemas"]["AccountState"][];
                        items: components["schemas"]["Operator"][];
                        next: string | null;
                        total?: number;
                        unapplied?: string[];
                        warnings: components["schemas"]["Warning"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "people.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            name?: string;
                            /** @description The accounts in which the person is an operator of the vendor */
                            operatorIn: string[];
                        }[];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "quality.get": {
        parameters: {
            query?: {
                /** @description Only these accounts, `vendor:account`. Default: all that the caller sees. */
                accounts?: string[];
                /** @description From this instant on, in ISO 8601. */
                since?: string;
                /** @description An IANA time zone, such as `Europe/Berlin`, in which the periods begin. Default: `UTC`. */
                timeZone?: string;
                /** @description How long a period of a report is. A week begins on Monday. */
                unit?: "day" | "week" | "month";
                /** @description Up to this instant, in ISO 8601. */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quality"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "quality.table": {
        parameters: {
            query?: {
                /** @description Only these accounts, `vendor:account`. Default: all that the caller sees. */
                accounts?: string[];
                /** @description From this instant on, in ISO 8601. */
                since?: string;
                /** @description An IANA time zone, such as `Europe/Berlin`, in which the periods begin. Default: `UTC`. */
                timeZone?: string;
                /** @description How long a period of a report is. A week begins on Monday. */
                unit?: "day" | "week" | "month";
                /** @description Up to this instant, in ISO 8601. */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A table with a line of names, as in RFC 4180. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "savedReplies.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SavedReply"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "savedReplies.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    shortcut?: string;
                    text: string;
                    title: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedReply"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "savedReplies.replace": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a saved reply. */
                reply: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    shortcut?: string;
                    text: string;
                    title: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedReply"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "savedReplies.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a saved reply. */
                reply: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "savedViews.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SavedView"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "savedViews.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    filter: components["schemas"]["DeskFilter"];
                    isShared?: boolean;
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "savedViews.replace": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a saved view. */
                view: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    filter: components["schemas"]["DeskFilter"];
                    isShared?: boolean;
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "savedViews.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a saved view. */
                view: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search: {
        parameters: {
            query: {
                /** @description Only these accounts, `vendor:account`. Default: all that the caller sees. */
                accounts?: string[];
                /** @description The ref of a conversation. */
                conversation?: string;
                /** @description The `next` of the page before. It continues only the same list. */
                cursor?: string;
                /** @description How many items the page has at most. */
                limit?: number;
                /** @description From this instant on, in ISO 8601. */
                since?: string;
                /** @description The words to find. */
                text: string;
                /** @description Up to this instant, in ISO 8601. */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        coverage: {
                            account: string;
                            asOf: string | null;
                            isComplete: boolean;
                            since: string | null;
                        }[];
                        items: components["schemas"]["SearchHit"][];
                        next: string | null;
                        total?: number;
                        unapplied?: string[];
                        warnings: components["schemas"]["Warning"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sends.list": {
        parameters: {
            query?: {
                /** @description Only these accounts, `vendor:account`. Default: all that the caller sees. */
                accounts?: string[];
                /** @description The `next` of the page before. It continues only the same list. */
                cursor?: string;
                /** @description Only this kind. */
                kind?: "reply" | "note";
                /** @description How many items the page has at most. */
                limit?: number;
                /** @description `vendor`: what was sent. `overlay`: the notes that are kept here only. */
                place?: "vendor" | "overlay";
                /** @description Only sends with one of these states. */
                state?: ("recorded" | "claimed" | "sent" | "failed" | "unknown")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Send"][];
                        next: string | null;
                        total?: number;
                        unapplied?: string[];
                        warnings: components["schemas"]["Warning"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sends.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a send. */
                send: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Send"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sends.dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a send. */
                send: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Send"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sends.retry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a send. */
                send: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The newest message that the person has seen, or the id of a send. If there is a newer one, nothing is sent */
                    expectLastMessage?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Send"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sends.settle": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a send. */
                send: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    outcome: "sent" | "failed";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Send"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "session.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: string[];
                        /** @enum {string} */
                        by: "token" | "session";
                        person: {
                            id: string;
                            name?: string;
                            operatorIds?: {
                                [key: string]: string;
                            };
                        };
                        /** @enum {string} */
                        role: "reader" | "operator" | "admin";
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "session.end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "feedback.suggestions": {
        parameters: {
            query?: {
                /** @description Only these accounts, `vendor:account`. Default: all that the caller sees. */
                accounts?: string[];
                /** @description The `next` of the page before. It continues only the same list. */
                cursor?: string;
                /** @description How many items the page has at most. */
                limit?: number;
                /** @description From this instant on, in ISO 8601. */
                since?: string;
                /** @description Up to this instant, in ISO 8601. */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: components["schemas"]["AccountState"][];
                        items: components["schemas"]["Suggestion"][];
                        next: string | null;
                        total?: number;
                        unapplied?: string[];
                        warnings: components["schemas"]["Warning"][];
                    };
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "feedback.dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ref of a suggestion. */
                suggestion: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            /** @description It failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "webhooks.receive": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An account, `vendor:account`. */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is stored, or it was before. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was refused. The vendor sends it again, if it can. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
