export { checkFile, type GivenFile } from './check-file.ts'
export { download } from './download.ts'
