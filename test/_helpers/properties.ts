import fc from 'fast-check'
import {runs} from './runs'

// One seed for a whole run: `npm test -- --seed N` repeats the order of the tests and the inputs of every property.
fc.configureGlobal({seed: jest.getSeed(), numRuns: runs(40, 200)})

export {runs}
export default fc
