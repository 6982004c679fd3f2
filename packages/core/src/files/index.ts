export { cleanFileName } from './file-name.ts'
export { checkFile, checkFileName, download, fileIn, type GivenFile } from './files.ts'
