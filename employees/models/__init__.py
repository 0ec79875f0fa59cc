"""Who works here: organisations, employees and the records that prove what the law asks for.

Periods are half-open in the database (`ended_on` of a form becomes the first day after it), so that periods that touch
have a day in common on paper only. What people read and write is always the last day (`employees.periods`).
"""

from employees.models.people import Employee, Organisation, Unit
from employees.models.records import Absence, CategoryAward, Certificate, EducationRecord, WorkRecord
from employees.models.rights import Grant, Invitation, ReadLog, User
from employees.models.traces import ImportRun, PersonnelOrder

__all__ = [
    "Absence",
    "CategoryAward",
    "Certificate",
    "EducationRecord",
    "Employee",
    "Grant",
    "ImportRun",
    "Invitation",
    "Organisation",
    "PersonnelOrder",
    "ReadLog",
    "Unit",
    "User",
    "WorkRecord",
]
