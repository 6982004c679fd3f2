import { registerHooks } from 'node:module'

// For a child process what the aliases of vitest's configuration are for a test: our packages from their sources.
registerHooks({
  resolve(specifier, context, next) {
    // Who requires a package looks for a file of its build: the inbox for the empty database.
    if (context.conditions.includes('require')) return next(specifier, context)
    const [, name, entry = 'index'] = /^@parley\/([\w-]+)(?:\/([\w-]+))?$/.exec(specifier) ?? []
    return next(
      name === undefined ? specifier : new URL(`../../${name}/src/${entry}.ts`, import.meta.url).href,
      context,
    )
  },
})
