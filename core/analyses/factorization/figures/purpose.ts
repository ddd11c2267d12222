/** What a method is for, and the list of them: the page imports these. */
export { methods, methodsFor, purposeOf, type Method } from '../methods.ts'
