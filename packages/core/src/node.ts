/// <reference types="node" />
/** What needs Node.js, or a runtime with its modules. Kept apart so that everything else runs anywhere. */
export { type FileTokenStoreOptions, fileTokenStore } from './node/file-token-store.ts'
