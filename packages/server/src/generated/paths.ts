// Generated from the description of the server: pnpm generate.

export interface paths {
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How each account is, and what to do about it.
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccountState: {
            account: string;
            asOf: string | null;
            error?: {
                code: string;
                message: string;
                retryable: boolean;
                retryAfterMs?: number;
            };
            searched?: ("titles" | "names" | "previews" | "bodies")[];
            /** @enum {string} */
            state: "ok" | "error" | "timeout" | "unsupported" | "done" | "unsynced";
            /** @enum {string} */
            stoppedBy?: "deadline" | "requests";
            unapplied?: string[];
        };
        Action: unknown;
        Agent: {
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
            attributes?: unknown;
            avatarUrl?: string | null;
            businessName?: string | null;
            channels?: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system" | "unknown";
            }[];
            createdAt?: string | null;
            description?: string | null;
            displayName?: string | null;
            goal?: string | null;
            id: string;
            instructions?: string | null;
            isDefault?: boolean;
            knowledgeBaseIds?: string[];
            language?: string | null;
            liveChatEnabled?: boolean;
            maxMessages?: number;
            mode?: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "autopilot" | "suggestive" | "off" | "unknown";
            };
            model?: string | null;
            name: string | null;
            pause?: {
                durationMs?: number | null;
                onAutomationMessage?: boolean;
                onOperatorMessage?: boolean;
            };
            personality?: string | null;
            prompt?: string | null;
            ref: string;
            replyDelayMs?: number;
            status: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "active" | "inactive" | "draft" | "archived" | "unknown";
            };
            tags?: string[];
            updatedAt?: string | null;
            vendor: string;
        };
        Attachment: {
            /** @enum {string} */
            access: "open" | "fetchable";
            account: string;
            contentType?: string | null;
            conversationId?: string;
            expiresAt?: string | null;
            fileName?: string | null;
            id: string;
            ref: string;
            size?: number | null;
            url?: string | null;
            vendor: string;
        };
        AuditEntry: {
            account: string | null;
            action: string;
            at: string;
            by: {
                id: string;
                name?: string;
            };
            code?: string;
            details?: {
                [key: string]: string | null | string[];
            };
            id: string;
            /** @enum {string} */
            outcome: "started" | "done" | "overlay" | "refused" | "failed" | "unknown";
            send?: string;
            target: string;
        };
        Change: {
            account: string;
            at: string;
            /** @enum {string} */
            change: "added" | "updated" | "deleted" | "restored" | "erased";
            conversation: string | null;
            fields?: unknown;
            id: string;
            /** @enum {string} */
            kind: "agent" | "contact" | "conversation" | "message";
            ref: string;
        };
        CommandResult: {
            conversation: components["schemas"]["DeskConversation"];
            /** @enum {string} */
            place: "vendor" | "overlay";
            warnings: components["schemas"]["Warning"][];
        };
        Contact: {
            account: string;
            agentId?: string | null;
            assigneeId?: string | null;
            companyName?: string | null;
            conversationIds?: string[];
            country?: string | null;
            createdAt?: string | null;
            customFields?: unknown;
            doNotDisturb?: boolean;
            doNotDisturbOn?: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system" | "unknown";
            }[];
            email?: string | null;
            externalId?: string | null;
            firstName?: string | null;
            id: string;
            isAnonymized?: boolean;
            lastActivityAt?: string | null;
            lastName?: string | null;
            name?: string | null;
            origin?: string | null;
            phone?: string | null;
            ref: string;
            tags?: string[];
            timezone?: string | null;
            updatedAt?: string | null;
            vendor: string;
        };
        ContactLink: {
            at: string;
            by: {
                id: string;
                name?: string;
            } | null;
            confidence: number;
            contacts: [
                string,
                string
            ];
            id: string;
            reason: string;
            undone?: {
                at: string;
                by: {
                    id: string;
                    name?: string;
                };
            };
        };
        Conversation: {
            account: string;
            agentId?: string | null;
            assignee?: {
                avatarUrl?: string | null;
                email?: string | null;
                id: string | null;
                name?: string | null;
            } | null;
            channel?: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system" | "unknown";
            };
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
                        value: unknown;
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
            customFields?: unknown;
            feedback?: components["schemas"]["Feedback"][];
            id: string;
            isAnonymized?: boolean;
            isMuted?: boolean;
            isStarred?: boolean;
            labels?: string[];
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
            qualityScore?: number | null;
            ref: string;
            state?: {
                id: string;
                name?: string;
            } | null;
            status: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "open" | "closed" | "archived" | "deleted" | "unknown";
            };
            summary?: string | null;
            title?: string | null;
            unreadCount?: number;
            updatedAt?: string | null;
            vendor: string;
        };
        Deleted: {
            confirmed: boolean;
            id: string;
        };
        DeskConversation: {
            account: string;
            assignee?: {
                /** @enum {string} */
                place: "vendor" | "overlay";
                value: {
                    id: string;
                    name?: string | null;
                } | null;
            };
            conversation: components["schemas"]["Conversation"];
            openSends: number;
            ref: string;
            snoozedUntil: string | null;
            status: {
                /** @enum {string} */
                place: "vendor" | "overlay";
                /** @enum {string} */
                value: "open" | "closed" | "archived" | "deleted" | "unknown";
            };
            tags: string[];
            unreadCount: {
                /** @enum {string} */
                place: "vendor" | "overlay";
                value: number | null;
            };
        };
        DeskFilter: {
            accounts?: string[];
            agentId?: string | string[];
            assignee?: string | null | (string | null)[];
            channel?: ("sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system") | ("sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system")[];
            contactId?: string | string[];
            control?: ("agent" | "operator" | "unknown") | ("agent" | "operator" | "unknown")[];
            hasOpenSends?: boolean;
            isStarred?: boolean;
            search?: string;
            since?: string;
            snoozed?: boolean | "any";
            status?: ("open" | "closed") | ("open" | "closed")[];
            tag?: string | string[];
            /** @enum {string} */
            unknown?: "include" | "exclude";
            unread?: boolean;
            until?: string;
        };
        Feedback: {
            answer?: string | null;
            authorEmail?: string | null;
            authorName?: string | null;
            comment?: string | null;
            conversationId?: string | null;
            createdAt?: string | null;
            id: string | null;
            messageId?: string | null;
            question?: string | null;
            score?: number | null;
            trigger?: string | null;
            vote?: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "up" | "down" | "unknown";
            };
        };
        Generation: {
            account: string;
            actions: {
                details: unknown;
                name: string | null;
            }[];
            agentId?: string | null;
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
            id: string;
            input?: string | null;
            intent?: string | null;
            messageId: string;
            mode?: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "autopilot" | "suggestive" | "off" | "unknown";
            };
            prompt: string | null;
            ref: string;
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
            sources: components["schemas"]["Source"][];
            vendor: string;
        };
        Knowledge: {
            account: string;
            agentId?: string | null;
            answer?: string | null;
            createdAt?: string | null;
            fileName?: string | null;
            id: string;
            kind: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "website" | "faq" | "file" | "text" | "rich-text" | "video" | "image" | "notion" | "unknown";
            };
            knowledgeBaseId?: string | null;
            question?: string | null;
            ref: string;
            size?: number | null;
            status?: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "ready" | "processing" | "failed" | "unknown";
            };
            text?: string | null;
            title?: string | null;
            updatedAt?: string | null;
            url?: string | null;
            vendor: string;
        };
        LinkSuggestion: {
            confidence: number;
            contact: components["schemas"]["Contact"];
            /** @enum {string} */
            reason: "email" | "phone" | "externalId";
        };
        Message: {
            account: string;
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
            channel?: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system" | "unknown";
            };
            contactId?: string | null;
            conversationId: string;
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
            externalId?: string | null;
            failure?: string | null;
            feedback?: components["schemas"]["Feedback"][];
            html?: string | null;
            id: string;
            inReplyTo?: string | null;
            isAnonymized?: boolean;
            reasoning?: string[];
            ref: string;
            sources?: components["schemas"]["Source"][];
            /** @enum {string} */
            sourcesState: "inline" | "fetchable" | "unavailable";
            status?: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "scheduled" | "pending" | "sent" | "delivered" | "read" | "clicked" | "failed" | "opted-out" | "answered" | "unknown";
            };
            text?: string | null;
            type: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "text" | "email" | "image" | "audio" | "call" | "note" | "activity" | "form" | "review" | "tool" | "unknown";
            };
            updatedAt?: string | null;
            vendor: string;
        };
        Operator: {
            account: string;
            avatarUrl?: string | null;
            email?: string | null;
            id: string;
            name?: string | null;
            phone?: string | null;
            ref: string;
            role?: string | null;
            vendor: string;
        };
        Problem: {
            code: string;
            detail: string;
            fields?: ({
                path: string;
                problem?: string;
            } & {
                [key: string]: unknown;
            })[];
            newer?: components["schemas"]["Message"][];
            /** @enum {string} */
            outcome?: "not-done" | "partly-done" | "unknown";
            retryable?: boolean;
            retryAfterMs?: number;
            sends?: components["schemas"]["Send"][];
            status: number;
            title: string;
            type: string;
        } & {
            [key: string]: unknown;
        };
        SavedReply: {
            by: {
                id: string;
                name?: string;
            };
            id: string;
            shortcut?: string;
            text: string;
            title: string;
            updatedAt: string;
        };
        SavedView: {
            by: {
                id: string;
                name?: string;
            };
            filter: components["schemas"]["DeskFilter"];
            id: string;
            isShared: boolean;
            name: string;
            updatedAt: string;
        };
        SearchHit: {
            conversation: components["schemas"]["Conversation"] | null;
            marks: {
                end: number;
                start: number;
            }[];
            message: components["schemas"]["Message"];
            snippet: string;
        };
        Send: {
            account: string;
            attachments: {
                contentType: string | null;
                fileName: string | null;
                size: number | null;
            }[];
            by: {
                id: string;
                name?: string;
            };
            /** @enum {string} */
            channel?: "sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system";
            conversation: string;
            endedAt: string | null;
            error?: {
                code: string;
                message: string;
            };
            html?: string;
            id: string;
            key?: string;
            /** @enum {string} */
            kind: "reply" | "note";
            message: string | null;
            operatorId?: string;
            /** @enum {string} */
            place: "vendor" | "overlay";
            recordedAt: string;
            retriedBy: string | null;
            retryOf: string | null;
            shownBy: string | null;
            /** @enum {string} */
            state: "recorded" | "claimed" | "sent" | "failed" | "unknown";
            subject?: string;
            text: string;
            warnings: components["schemas"]["Warning"][];
        };
        Source: {
            account: string;
            fileId?: string | null;
            fileName?: string | null;
            id: string;
            kind: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "website" | "faq" | "file" | "text" | "rich-text" | "video" | "image" | "notion" | "unknown";
            };
            ref: string;
            score?: {
                higherIsBetter: boolean | null;
                /** @enum {string} */
                metric: "distance" | "similarity" | "unknown";
                value: number;
            };
            text?: string | null;
            title?: string | null;
            url?: string | null;
            vendor: string;
        };
        Suggestion: {
            account: string;
            agentId?: string | null;
            answer?: string | null;
            conversationId?: string | null;
            createdAt?: string | null;
            gap?: string | null;
            id: string;
            improvement?: string | null;
            messageId?: string | null;
            question?: string | null;
            reason?: string | null;
            ref: string;
            vendor: string;
        };
        Warning: {
            account: string;
            /** @enum {string} */
            code: "unknown-term" | "unreadable-field" | "bad-item" | "local-filter" | "ignored-option" | "no-streaming" | "degraded";
            message: string;
            operation: string;
            path?: string;
            vendor: string;
        };
        Webhook: {
            account: string;
            agentId?: string | null;
            createdAt?: string | null;
            description?: string | null;
            id: string;
            isActive?: boolean;
            ref: string;
            title: string | null;
            trigger: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "message.created" | "conversation.created" | "conversation.ended" | "conversation.archived" | "chat.unavailable" | "manual" | "unknown";
            };
            updatedAt?: string | null;
            url: string;
            vendor: string;
        };
        WorkingHours: {
            agentId: string;
            attributes?: unknown;
            autoReply?: string | null;
            channels: {
                native: string | number | boolean | null;
                /** @enum {string} */
                value: "sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system" | "unknown";
            }[];
            continuesForMs?: number | null;
            enabled: boolean;
            followUp?: string | null;
            raw?: unknown;
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
                            sweepPeriod: number | null;
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
                cursor?: string;
                limit?: number;
                since?: string;
                until?: string;
            };
            header?: never;
            path: {
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
                by?: "createdAt" | "updatedAt";
                contactId?: string;
                conversationId?: string;
                cursor?: string;
                limit?: number;
                order?: "asc" | "desc";
                since?: string;
                until?: string;
            };
            header?: never;
            path: {
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
                accounts?: string[];
                cursor?: string;
                limit?: number;
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
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
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
                action: string;
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
                action: string;
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
                action: string;
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
                accounts?: string[];
                action?: string;
                by?: string;
                cursor?: string;
                limit?: number;
                since?: string;
                target?: string;
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
                accounts?: string[];
                after?: string;
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
                accounts?: string[];
                cursor?: string;
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
                contact: string;
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
                accounts?: string[];
                agentId?: string[];
                assignee?: string[];
                channel?: ("sms" | "email" | "whatsapp" | "messenger" | "instagram" | "tiktok" | "google" | "slack" | "teams" | "web" | "voice" | "api" | "internal" | "system")[];
                contactId?: string[];
                control?: ("agent" | "operator" | "unknown")[];
                cursor?: string;
                hasOpenSends?: boolean;
                isStarred?: boolean;
                limit?: number;
                search?: string;
                since?: string;
                snoozed?: "true" | "false" | "any";
                status?: ("open" | "closed")[];
                tag?: string[];
                unknown?: "include" | "exclude";
                unread?: boolean;
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
                cursor?: string;
                limit?: number;
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
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
                conversation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
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
                cursor?: string;
                kind?: "reply" | "note";
                limit?: number;
                place?: "vendor" | "overlay";
                state?: ("recorded" | "claimed" | "sent" | "failed" | "unknown")[];
            };
            header?: never;
            path: {
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
            /** @description Done. */
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
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
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
                accounts?: string[];
                cursor?: string;
                kind?: "website" | "faq" | "file" | "text" | "rich-text" | "video" | "image" | "notion";
                knowledgeBaseId?: string;
                limit?: number;
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
                kind?: "website" | "faq" | "file" | "text" | "rich-text" | "video" | "image" | "notion";
                knowledgeBaseId?: string;
            };
            header?: never;
            path: {
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
                attachment: string;
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
                attachment: string;
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
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
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
                accounts?: string[];
                cursor?: string;
                limit?: number;
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
                accounts?: string[];
                conversation?: string;
                cursor?: string;
                limit?: number;
                since?: string;
                text: string;
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
                accounts?: string[];
                cursor?: string;
                kind?: "reply" | "note";
                limit?: number;
                place?: "vendor" | "overlay";
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
                send: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
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
                accounts?: string[];
                cursor?: string;
                limit?: number;
                since?: string;
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
}
