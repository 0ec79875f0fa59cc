"""Changes to staff records and rights: one function a change."""

from employees.services.demo import demo_user_ensure
from employees.services.employment import (
    EmploymentRefusedError,
    employee_dismiss,
    employee_hire,
    employee_rehire,
    employee_transfer,
)
from employees.services.records import (
    OutOfReachError,
    StaleEditError,
    employee_change,
    record_add,
    record_change,
    record_delete,
)

__all__ = [
    "EmploymentRefusedError",
    "OutOfReachError",
    "StaleEditError",
    "demo_user_ensure",
    "employee_change",
    "employee_dismiss",
    "employee_hire",
    "employee_rehire",
    "employee_transfer",
    "record_add",
    "record_change",
    "record_delete",
]
