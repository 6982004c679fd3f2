export { checkFile, type GivenFile } from './check-file.ts'
export { download, fileIn } from './download.ts'
