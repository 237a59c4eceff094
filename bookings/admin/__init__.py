"""Staff's pages about the diary: requests and appointments, patients, hours, time off and appointment types."""

from bookings.admin import answers_log, appointments, check_ins, diary, erasures, message_texts, messages, people

__all__ = ["answers_log", "appointments", "check_ins", "diary", "erasures", "message_texts", "messages", "people"]
