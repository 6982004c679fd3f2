export { checkFile, checkFileName, type GivenFile } from './check-file.ts'
export { download, fileIn } from './download.ts'
export { cleanFileName } from './file-name.ts'
