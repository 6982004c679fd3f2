// HTML as plain text, for adapters whose vendor sends it: an entry of its own, so that the others do not begin with it.
export { isHtml } from './read/html.ts'
export { readHtml } from './read/read-html.ts'
