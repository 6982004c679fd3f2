import { library } from '../tsup.base.ts'

/** Only `src/node.ts` imports modules of Node.js; a test reads that. */
export default {
  ...library(
    'src/index.ts',
    'src/fields.ts',
    'src/operations.ts',
    'src/schema.ts',
    'src/node.ts',
    'src/read.ts',
    'src/html.ts',
    'src/webhook.ts',
    'src/rate-limiter.ts',
    'src/postgres.ts',
    'src/unstorage.ts',
    'src/opentelemetry.ts',
  ),
  external: [/^node:/],
  removeNodeProtocol: false,
}
