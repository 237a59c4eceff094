"""When a visit can start: arithmetic on time. Pure: values in, values out; no ORM, no settings, no clock."""
