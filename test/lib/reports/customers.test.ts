import {customersReport, type CustomersOptions} from '../../../src/lib/reports/customers'
import {RawTable} from './_helpers/raw-table'

const november: CustomersOptions = {
  from: Date.UTC(2026, 10, 1),
  to: Date.UTC(2026, 11, 1),
  atRiskPercent: 50,
}

describe('the report of customers', () => {
  it('counts events without a customer and those of one who is called (none) together', async () => {
    const table = await RawTable.of(
      [undefined, '', '(none)'].map((customerId, number) => ({
        time: '2026-11-10T12:00:05Z',
        eventId: `call-${number}`,
        ...(customerId !== undefined && {customerId}),
      })),
    )
    const {rows} = customersReport.shape(await table.answer(customersReport, november), november)
    table.close()

    expect(rows).toMatchObject([{customerId: '(none)', calls: 3, units: 3}])
  })
})
