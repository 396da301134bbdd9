import fc from 'fast-check'

// One seed for a whole run: `npm test -- --seed N` repeats the order of the tests and the inputs of every property.
fc.configureGlobal({seed: jest.getSeed()})

export default fc
